package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which scopes a key with scopes gives when asked, and which doors its tokens open: none of Keycloak's. */
class ScopedKeyIT {

    private static RestrictedRealm it;
    private static Answer key;

    @BeforeAll
    static void createRealm() {
        it = new RestrictedRealm(Map.of("latchkey.max-keys", "50"));
        it.setup.realm(Map.of("organizationsEnabled", true));
        it.scope("invoices", List.of());
        it.scope("salaries", List.of());
        it.scopeRole("salaries", "payroll");
        it.scope("elsewhere", List.of());
        it.setup.client(RestrictedRealm.narrow(
                "narrow", "reports", "invoices", "salaries", "offline_access", "organization", "profile"));
        it.setup.client(RestrictedRealm.narrow("poor", "elsewhere"));
        key = it.key(Map.of("scopes", List.of("reports", "invoices", "offline_access", "organization")));
    }

    @Test
    void withoutScopeInTheRequestTheTokenHasAllTheKeyCarries() {
        assertScopes(Set.of("reports", "invoices", "organization"), Map.of());
    }

    @Test
    void aRequestMayAskForLess() {
        assertScopes(Set.of("invoices"), Map.of("scope", "invoices"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "salaries",
                "reports salaries",
                "openid",
                "profile",
                "elsewhere",
                "nonsense",
                "REPORTS",
                "reports,invoices",
                "organization:*",
                "organization:",
                "organization:nobody",
                "reports:acme",
                "offline_access"
            })
    void whatTheKeyDoesNotCarryIsRefused(String scope) {
        assertError("invalid_scope", it.exchange(key, "narrow", Map.of("scope", scope)));
    }

    @Test
    void keyWithTheScopeOrganizationGivesTokensOfTheOrganizationThatIsNamed() {
        String member = it.realm.user("member");
        organization("acme", member);
        organization("globex", member);
        Answer own = it.key(Map.of(
                "scopes", List.of("invoices", "organization"), "owner", Map.of("type", "user", "name", "member")));

        Answer answer = it.exchange(own, "narrow", Map.of("scope", "organization:acme invoices"))
                .expect(200);

        JsonNode claims = AccessTokens.claims(answer);
        assertEquals("[\"acme\"]", claims.path("organization").toString(), claims::toString);
        assertEquals(
                Set.of("organization:acme", "invoices"),
                Set.of(answer.text("scope").split(" ")));
        String token = answer.text("access_token");
        assertEquals(
                200,
                it.realm
                        .anyone()
                        .as(token)
                        .get(it.realm.keys() + "/forward-auth")
                        .status());
    }

    private static void organization(String alias, String member) {
        String location = it.realm
                .master()
                .post(
                        it.realm.admin("/organizations"),
                        Map.of("name", alias, "alias", alias, "domains", List.of(Map.of("name", alias + ".org"))))
                .expect(201)
                .header("Location");
        String id = location.substring(location.lastIndexOf('/') + 1);
        it.realm
                .master()
                .send("POST", it.realm.admin("/organizations/" + id + "/members"), "application/json", member)
                .expect(201);
    }

    @Test
    void aClientThatOffersNoneOfItsScopesGivesNoToken() {
        assertError("invalid_scope", it.exchange(key, "poor", Map.of()));
    }

    @Test
    void userinfoOpensOnlyForAKeyWithOpenid() {
        Answer open = it.key(Map.of("scopes", List.of("reports", "openid")));

        String closed = it.exchange(key, "narrow", Map.of()).text("access_token");
        Answer opened = it.exchange(open, "narrow", Map.of()).expect(200);

        assertEquals(403, it.userinfo(closed).status());
        JsonNode told = it.userinfo(opened.text("access_token")).expect(200).json();
        assertEquals(it.boss, told.path("sub").asText());
        RestrictedRealm.assertNoSecrets(told);
        RestrictedRealm.assertNoSecrets(AccessTokens.claims(opened.text("id_token")));
    }

    @Test
    void lightweightTokenOpensUserinfoWhereTheClientAllowsIt() {
        Map<String, Object> client = RestrictedRealm.narrow("light", "reports");
        client.put("attributes", Map.of("client.use.lightweight.access.token.enabled", "true"));
        it.setup.client(client);
        Answer tokens = it.exchange(it.key(Map.of("scopes", List.of("reports", "openid"))), "light", Map.of())
                .expect(200);
        assertFalse(AccessTokens.claims(tokens).has("aud"), tokens::text);
        // Keycloak's own switch, whoever the token is of.
        assertEquals(401, it.userinfo(tokens.text("access_token")).status());

        it.setup.client("light", Map.of("attributes", Map.of("allow.userinfo.with.lightweight.access.token", "true")));

        JsonNode told = it.userinfo(tokens.text("access_token")).expect(200).json();
        assertEquals(it.boss, told.path("sub").asText());
        RestrictedRealm.assertNoSecrets(told);
    }

    @Test
    void aScopeWhoseRoleTheOwnerLacksIsLeftOut() {
        it.realm.user("visitor");
        Answer visitors = it.key(
                Map.of("scopes", List.of("salaries", "invoices"), "owner", Map.of("type", "user", "name", "visitor")));

        Answer answer = it.exchange(visitors, "narrow", Map.of()).expect(200);

        assertEquals("invoices", answer.text("scope"));
        assertFalse(AccessTokens.claims(answer).toString().contains("payroll"), answer::text);
    }

    @Test
    void aServiceAccountsKeyIsHeldAsWell() {
        Map<String, Object> client = RestrictedRealm.narrow("robot", "reports");
        client.put("serviceAccountsEnabled", true);
        it.setup.client(client);
        Answer robots = it.key(
                Map.of("scopes", List.of("reports"), "owner", Map.of("type", "service-account", "name", "robot")));

        Answer answer = it.exchange(robots, "robot", Map.of()).expect(200);

        JsonNode claims = AccessTokens.claims(answer);
        assertFalse(claims.has("realm_access") && claims.at("/realm_access").has("roles"), claims::toString);
        assertEquals("", answer.text("scope"));
    }

    @Test
    void aTokenOpensNoneOfKeycloaksDoors() {
        Answer open = it.key(Map.of("scopes", List.of("reports", "openid")));
        assertClosed(it.exchange(open, "narrow", Map.of()).expect(200).text("access_token"));
    }

    @Test
    void noTokenOfAnAdministratorsKeyOpensKeycloaksDoors() {
        Answer unrestricted = it.key(Map.of());

        assertClosed(it.realm.exchange(unrestricted.text("key")).expect(200).text("access_token"));
    }

    @Test
    void aScopeThatCarriesAdministrationStillOpensNothing() {
        it.scope("administration", List.of());
        String management = it.setup.clientPath("realm-management");
        JsonNode all = it.realm
                .master()
                .get(management + "/roles/realm-admin")
                .expect(200)
                .json();
        it.realm
                .master()
                .post(
                        it.realm.admin("/client-scopes/" + it.scopeId("administration") + "/scope-mappings/clients/"
                                + management.substring(management.lastIndexOf('/') + 1)),
                        List.of(all))
                .expect(204);
        it.setup.client(RestrictedRealm.narrow("office", "administration"));
        Answer admins = it.key(Map.of("scopes", List.of("administration")));

        String token = it.exchange(admins, "office", Map.of()).expect(200).text("access_token");

        assertClosed(token);
        assertFalse(AccessTokens.claims(token).toString().contains("realm-admin"));
    }

    private static void assertClosed(String token) {
        String account = "/realms/" + it.realm.name() + "/account";
        ApiClient holder = it.realm.anyone().as(token).with("Accept", "application/json");
        String own = it.realm.admin("/users/" + it.boss);
        Map<String, Object> password = Map.of("type", "password", "value", "new", "temporary", false);
        Map<String, Object> draft = new LinkedHashMap<>(Map.of("name", "more"));

        assertEquals(401, holder.get(it.realm.admin("/users")).status());
        assertEquals(401, holder.put(own + "/reset-password", password).status());
        assertEquals(401, holder.get(account).status());
        assertEquals(401, holder.get(account + "/credentials").status());
        assertEquals(401, holder.post(account, Map.of("firstName", "Other")).status());
        assertEquals(401, holder.get(it.realm.keys()).status());
        assertEquals(401, holder.post(it.realm.keys(), draft).status());
        draft.put("owner", Map.of("type", "user", "name", "boss"));
        assertEquals(401, holder.post(it.realm.adminKeys(), draft).status());
        String registration = "/realms/" + it.realm.name() + "/clients-registrations/openid-connect";
        assertEquals(401, holder.post(registration, Map.of("client_name", "x")).status());
        it.realm.passwordToken("boss").expect(200);
    }

    private static void assertScopes(Set<String> expected, Map<String, String> request) {
        Answer answer = it.exchange(key, "narrow", request).expect(200);

        assertEquals(expected, Set.of(answer.text("scope").split(" ")));
        assertEquals(
                expected,
                Set.of(AccessTokens.claims(answer).path("scope").asText().split(" ")));
    }

    private static void assertError(String error, Answer answer) {
        assertEquals(400, answer.status(), answer::text);
        assertEquals(error, answer.text("error"), answer::text);
        assertTrue(answer.json().path("access_token").isMissingNode());
    }
}
