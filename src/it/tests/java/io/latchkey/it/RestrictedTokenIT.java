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
import org.junit.jupiter.params.provider.CsvSource;

/** A token of a key with scopes carries nothing more, wherever it is read, or there is no token. */
@EveryRelease
class RestrictedTokenIT {

    private static final Map<String, Map<String, Object>> MAPPERS = Map.of(
            "realm-role", mapper("oidc-usermodel-realm-role-mapper", Map.of("claim.name", RestrictedRealm.LEAK)),
            "group", mapper("oidc-group-membership-mapper", Map.of("claim.name", RestrictedRealm.LEAK)),
            "audience", mapper("oidc-audience-mapper", Map.of("included.custom.audience", "vault")),
            "hard-coded-role", mapper("oidc-hardcoded-role-mapper", Map.of("role", "payroll")),
            "role-name", mapper("oidc-role-name-mapper", Map.of("role", "analyst", "new.role.name", "payroll")));

    private static RestrictedRealm it;
    private static Answer key;
    private static int clients;

    @BeforeAll
    static void createRealm() {
        it = new RestrictedRealm(Map.of());
        MAPPERS.forEach((name, mapper) -> it.scope("with-" + name, List.of(mapper), false));
        it.setup.client(RestrictedRealm.narrow("narrow", "reports", "with-group"));
        key = it.key(Map.of("scopes", List.of("reports", "openid")));
    }

    @ParameterizedTest
    @CsvSource({"realm-role", "group", "audience", "hard-coded-role", "role-name"})
    void noMapperOnTheClientTellsMore(String kind) {
        boolean fit = kind.equals("realm-role");
        for (Map<String, Object> client : flavours()) {
            client.put("protocolMappers", List.of(MAPPERS.get(kind)));

            assertHeld(client, fit, "mapper 'leaking'");
        }
    }

    @ParameterizedTest
    @CsvSource({"realm-role", "group", "audience", "hard-coded-role", "role-name"})
    void noMapperOnADefaultScopeTellsMore(String kind) {
        boolean fit = kind.equals("realm-role");
        for (Map<String, Object> client : flavours()) {
            client.put("defaultClientScopes", List.of("basic", "roles", "with-" + kind));

            assertHeld(client, fit, "default client scope 'with-" + kind + "'");
        }
    }

    @ParameterizedTest
    @CsvSource({"realm-role", "group", "audience", "hard-coded-role", "role-name"})
    void noMapperOnAnotherOptionalScopeTellsMore(String kind) {
        for (Map<String, Object> client : flavours()) {
            client.put("optionalClientScopes", List.of("reports", "with-" + kind));

            assertHeld(client, true, "");
        }
    }

    @Test
    void rolesOfADefaultScopeAreTooMuch() {
        it.scope("paid", List.of());
        it.scopeRole("paid", "payroll");
        Map<String, Object> client = RestrictedRealm.narrow("paying", "reports");
        client.put("defaultClientScopes", List.of("basic", "roles", "paid"));

        assertHeld(client, false, "default client scope 'paid'");
    }

    @Test
    void theMereNameOfADefaultScopeIsTooMuch() {
        it.scope("payments", List.of());
        Map<String, Object> client = RestrictedRealm.narrow("naming", "reports");
        client.put("defaultClientScopes", List.of("basic", "roles", "payments"));

        assertHeld(client, false, "default client scope 'payments'");
    }

    @Test
    void rolesOfTheClientAreTooMuch() {
        it.setup.client(RestrictedRealm.narrow("roleful", "reports"));
        it.realm
                .master()
                .post(it.setup.clientPath("roleful") + "/roles", Map.of("name", "own"))
                .expect(201);

        assertUnfit(it.exchange(key, "roleful", Map.of()), "roles of its own");
    }

    @Test
    void rolesInTheDedicatedScopeAreTooMuch() {
        it.setup.client(RestrictedRealm.narrow("dedicated", "reports"));
        it.realm
                .master()
                .post(it.setup.clientPath("dedicated") + "/scope-mappings/realm", List.of(it.role("payroll")))
                .expect(204);

        assertUnfit(it.exchange(key, "dedicated", Map.of()), "roles in its dedicated scope");
    }

    @Test
    void aClientAsItIsMadeByDefaultIsTooMuch() {
        Answer answer = it.realm.exchange(key.text("key"));

        assertUnfit(answer, "full scope allowed");
        assertUnfit(answer, "default client scope 'profile'");
    }

    @Test
    void aTokenOfTheKeyIsNotExchangedForMoreAtAWiderClient() {
        it.setup.client(Map.of(
                "clientId",
                "wide",
                "secret",
                RealmFixture.SECRET,
                "attributes",
                Map.of("standard.token.exchange.enabled", "true")));
        it.scope("for-wide", List.of(mapper("oidc-audience-mapper", Map.of("included.client.audience", "wide"))));
        it.setup.client(RestrictedRealm.narrow("bridge", "reports", "for-wide"));
        Answer bridging = it.key(Map.of("scopes", List.of("reports", "for-wide")));
        String token = it.exchange(bridging, "bridge", Map.of()).expect(200).text("access_token");

        Answer onwards = it.onwards(token, "wide", Map.of());

        assertEquals(400, onwards.status(), onwards::text);
        assertFalse(onwards.json().has("access_token"));
        assertEquals("unauthorized_client", onwards.text("error"), onwards::text);
    }

    @Test
    void aTokenOfTheKeyIsNotExchangedForAnotherScope() {
        String token = it.exchange(key, "narrow", Map.of()).expect(200).text("access_token");

        Answer onwards = it.onwards(token, "narrow", Map.of("scope", "reports with-group"));

        assertEquals(400, onwards.status(), onwards::text);
        assertEquals("invalid_scope", onwards.text("error"), onwards::text);
    }

    @Test
    void aRoleTheOwnerLosesIsGoneAtTheNextIntrospection() {
        it.scope("shift", List.of());
        it.setup.grantNewRole(it.boss, "late");
        it.scopeRole("shift", "late");
        it.setup.client(RestrictedRealm.narrow("shifts", "reports", "shift"));
        Answer shifts = it.key(Map.of("scopes", List.of("reports", "shift")));
        String token = it.exchange(shifts, "shifts", Map.of()).expect(200).text("access_token");
        assertTrue(roles(it.introspect(token)).contains("late"));

        it.setup.withdrawRole(it.boss, "late");

        assertFalse(roles(it.introspect(token)).contains("late"));
        Answer next = it.exchange(shifts, "shifts", Map.of()).expect(200);
        assertEquals("reports", next.text("scope"));
    }

    /** In every combination of full scope and lightweight tokens. */
    private static List<Map<String, Object>> flavours() {
        return List.of(flavour(false, false), flavour(false, true), flavour(true, false), flavour(true, true));
    }

    private static Map<String, Object> flavour(boolean fullScope, boolean lightweight) {
        clients++;
        Map<String, Object> client = RestrictedRealm.narrow("client" + clients, "reports");
        client.put("fullScopeAllowed", fullScope);
        client.put(
                "attributes",
                Map.of(
                        "standard.token.exchange.enabled",
                        "true",
                        "client.use.lightweight.access.token.enabled",
                        Boolean.toString(lightweight)));
        return client;
    }

    private static void assertHeld(Map<String, Object> client, boolean fit, String fault) {
        String clientId = (String) client.get("clientId");
        it.setup.client(client);
        Answer answer = it.exchange(key, clientId, Map.of());
        if (Boolean.TRUE.equals(client.get("fullScopeAllowed"))) {
            assertUnfit(answer, "full scope allowed");
            return;
        }
        if (!fit) {
            assertUnfit(answer, fault);
            return;
        }
        it.assertReportsOnly(answer);
        String token = answer.text("access_token");
        it.assertReportsOnly(it.onwards(token, clientId, Map.of("scope", "reports")));
        if (client.get("attributes").toString().contains("lightweight.access.token.enabled=true")) {
            // Keycloak takes none there.
            assertFalse(it.userinfo(token).status() == 200);
        } else {
            it.assertReportsOnly(AccessTokens.claims(token));
            RestrictedRealm.assertNoSecrets(it.userinfo(token).expect(200).json());
        }
    }

    private static void assertUnfit(Answer answer, String fault) {
        assertEquals(400, answer.status(), answer::text);
        assertEquals("unauthorized_client", answer.text("error"));
        assertTrue(answer.text("error_description").contains(fault), answer::text);
        assertFalse(answer.json().has("access_token"));
    }

    private static Set<String> roles(Answer introspected) {
        JsonNode roles = introspected.expect(200).json().at("/realm_access/roles");
        return RestrictedRealm.texts(roles);
    }

    private static Map<String, Object> mapper(String type, Map<String, String> config) {
        Map<String, String> everywhere = new LinkedHashMap<>(Map.of(
                "access.token.claim", "true",
                "id.token.claim", "true",
                "userinfo.token.claim", "true",
                "introspection.token.claim", "true",
                "lightweight.claim", "true",
                "multivalued", "true",
                "jsonType.label", "String",
                "full.path", "false"));
        everywhere.putAll(config);
        return Map.of("name", "leaking", "protocol", "openid-connect", "protocolMapper", type, "config", everywhere);
    }
}
