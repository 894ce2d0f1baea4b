package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody makes a lasting key while acting for somebody else, however the impersonated session is used. */
@EveryRelease
class ImpersonationIT {

    private static final String BACK = "http://localhost/back";

    private static RealmFixture realm;
    private static RealmSetup setup;

    private final String owner = "owner-" + UUID.randomUUID().toString().substring(0, 8);
    private String ownerId;
    private Browser browser;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of(
                "latchkey.max-keys", "100",
                "latchkey.keycloak-rest", "true",
                "latchkey.management-clients", "app other service actor"));
        setup = new RealmSetup(realm);
        new RealmSetup(realm).give(realm.user("imp"), "realm-management", "impersonation", "view-users");
        setup.client(Map.of("clientId", "other", "publicClient", true, "redirectUris", List.of("http://localhost/*")));
        setup.client("service", Map.of("attributes", Map.of("standard.token.exchange.enabled", "true")));
        setup.audience("app", "service");
    }

    @BeforeEach
    void prepare() {
        ownerId = realm.user(owner);
        browser = new Browser(realm.anyone());
    }

    @Test
    void anImpersonatedSessionCreatesRotatesAndLoosensNothing() {
        Answer key = realm.createKey(owner, "own");
        realm.signedIn(owner).patch(path(key), Map.of("enabled", false)).expect(200);
        impersonate(ownerId);

        ApiClient caller = bearer(login("app", "openid"));

        assertImpersonated(caller.post(realm.keys(), Map.of("name", "stolen")));
        assertImpersonated(caller.post(path(key) + "/rotate", Map.of()));
        assertImpersonated(caller.patch(path(key), Map.of("enabled", true)));
        assertImpersonated(caller.patch(path(key), Map.of("audiences", List.of("account"))));
        Answer terms = caller.get(realm.keys() + "/policy").expect(200);
        assertEquals("impersonated", terms.text("reason"));
        assertFalse(terms.json().path("mayCreate").asBoolean());
        caller.patch(path(key), Map.of("name", "renamed")).expect(200);
        caller.delete(path(key)).expect(204);
        assertEquals(0, caller.get(realm.keys()).expect(200).json().size());
    }

    @Test
    void theSessionStaysImpersonatedAfterARefresh() {
        impersonate(ownerId);
        Answer tokens = login("app", "openid");

        Answer refreshed = realm.refresh("app", tokens).expect(200);

        assertImpersonated(create(bearer(refreshed)));
    }

    @Test
    void theSessionStaysImpersonatedAtAnotherClient() {
        impersonate(ownerId);
        login("app", "openid");

        assertImpersonated(create(bearer(login("other", "openid"))));
    }

    @Test
    void theSessionStaysImpersonatedThroughATokenExchange() {
        impersonate(ownerId);

        Answer exchanged = exchange(login("app", "openid")).expect(200);

        assertEquals("service", AccessTokens.claims(exchanged).path("azp").asText());
        assertImpersonated(create(bearer(exchanged)));
    }

    @Test
    void theSessionStaysImpersonatedOffline() {
        impersonate(ownerId);
        Answer tokens = login("app", "openid offline_access");
        String sid = AccessTokens.claims(tokens).path("sid").asText();
        realm.master().delete(realm.admin("/sessions/" + sid + "?isOffline=false"));

        Answer refreshed = realm.refresh("app", tokens).expect(200);

        assertImpersonated(create(bearer(refreshed)));
    }

    @Test
    void whoSignedInCreatesKeysThroughATokenExchangeAndOffline() {
        Answer own = realm.passwordToken(owner).expect(200);
        create(bearer(exchange(own).expect(200))).expect(201);

        Answer page = browser.open(authorization("app", "openid offline_access"));
        Answer tokens = tokens("app", browser.signIn(page, owner, owner));
        String sid = AccessTokens.claims(tokens).path("sid").asText();
        realm.master().delete(realm.admin("/sessions/" + sid + "?isOffline=false"));
        Answer refreshed = realm.refresh("app", tokens).expect(200);

        create(bearer(refreshed)).expect(201);
    }

    @Test
    void aTokenThatNamesAnActorCreatesNothing() {
        Map<String, Object> act = Map.of(
                "name", "act",
                "protocol", "openid-connect",
                "protocolMapper", "oidc-hardcoded-claim-mapper",
                "config",
                        Map.of(
                                "claim.name", "act",
                                "claim.value", "{\"sub\":\"somebody\"}",
                                "jsonType.label", "JSON",
                                "access.token.claim", "true"));
        setup.client(Map.of(
                "clientId",
                "actor",
                "publicClient",
                true,
                "directAccessGrantsEnabled",
                true,
                "protocolMappers",
                List.of(act)));
        Answer tokens = realm.anyone()
                .form(
                        realm.token(),
                        Map.of("grant_type", "password", "client_id", "actor", "username", owner, "password", owner))
                .expect(200);

        assertImpersonated(create(bearer(tokens)));
    }

    @Test
    void aKeyOfAnImpersonatorYieldsNoKey() {
        Answer key = realm.signedIn("imp")
                .post(
                        realm.keys(),
                        Map.of("name", "imp " + owner, "audiences", List.of("realm-management", "app", "service")))
                .expect(201);

        browser.post(realm.admin("/users/" + ownerId + "/impersonation"), "X-API-Key", key.text("key"))
                .expect(200);

        assertImpersonated(create(bearer(login("app", "openid"))));
    }

    @Test
    void anImpersonatedAdministratorMakesNoKeyOverTheAdminRest() {
        new RealmSetup(realm).give(ownerId, "realm-management", "realm-admin");
        Answer key = realm.createKey(owner, "own");
        ApiClient himself = realm.signedIn(owner);
        new RealmSetup(realm).give(realm.user("imp-" + owner), "realm-management", "realm-admin");
        browser.post(
                        realm.admin("/users/" + ownerId + "/impersonation"),
                        "Authorization",
                        "Bearer " + realm.passwordToken("imp-" + owner).text("access_token"))
                .expect(200);
        ApiClient admin = bearer(login("app", "openid"));
        String path = realm.adminKeys() + "/" + key.text("id");
        Map<String, Object> wish = Map.of("name", "made", "owner", Map.of("id", ownerId));
        himself.patch(path, Map.of("enabled", false)).expect(200);
        Answer export = admin.get(realm.adminKeys() + "/export").expect(200);

        assertImpersonated(admin.post(realm.adminKeys(), wish));
        assertImpersonated(admin.post(path + "/rotate", Map.of()));
        assertImpersonated(admin.patch(path, Map.of("enabled", true)));
        assertImpersonated(admin.post(realm.adminKeys() + "/import", export.text()));

        himself.post(realm.adminKeys(), wish).expect(201);
        admin.delete(path).expect(204);
    }

    @Test
    void aServiceAccountWithoutASessionAdministersKeys() {
        RealmSetup roles = new RealmSetup(realm);
        String account = realm.master()
                .get(realm.admin("/clients/" + roles.idOf("service") + "/service-account-user"))
                .expect(200)
                .text("id");
        roles.give(account, "realm-management", "realm-admin");
        Answer tokens = realm.anyone()
                .form(
                        realm.token(),
                        Map.of(
                                "grant_type", "client_credentials",
                                "client_id", "service",
                                "client_secret", RealmFixture.SECRET))
                .expect(200);

        Answer key = bearer(tokens)
                .post(realm.adminKeys(), Map.of("name", "made", "owner", Map.of("id", ownerId)))
                .expect(201);

        assertEquals("service", key.json().at("/createdBy/client").asText());
        bearer(tokens)
                .post(realm.adminKeys() + "/" + key.text("id") + "/rotate", Map.of())
                .expect(201);
    }

    private void impersonate(String userId) {
        String token = realm.passwordToken("imp").expect(200).text("access_token");
        browser.post(realm.admin("/users/" + userId + "/impersonation"), "Authorization", "Bearer " + token)
                .expect(200);
    }

    private static String authorization(String client, String scope) {
        return "/realms/" + realm.name() + "/protocol/openid-connect/auth?response_type=code&client_id=" + client
                + "&redirect_uri=" + BACK + "&scope=" + scope.replace(" ", "%20");
    }

    /** Tokens of the session that the browser has, without another login. */
    private Answer login(String client, String scope) {
        return tokens(client, browser.open(authorization(client, scope)));
    }

    private static Answer tokens(String client, Answer redirect) {
        String code = Browser.parameter(redirect, "code");
        assertNotEquals("", code, redirect::toString);
        return realm.anyone()
                .form(
                        realm.token(),
                        Map.of(
                                "grant_type", "authorization_code",
                                "client_id", client,
                                "code", code,
                                "redirect_uri", BACK))
                .expect(200);
    }

    private static Answer exchange(Answer tokens) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("client_id", "service");
        form.put("client_secret", RealmFixture.SECRET);
        form.put("subject_token", tokens.text("access_token"));
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
        return realm.anyone().form(realm.token(), form);
    }

    private static Answer create(ApiClient caller) {
        return caller.post(realm.keys(), Map.of("name", "made " + UUID.randomUUID()));
    }

    private static ApiClient bearer(Answer tokens) {
        return realm.anyone().as(tokens.text("access_token"));
    }

    private static void assertImpersonated(Answer answer) {
        answer.expect(403);
        assertTrue(answer.text("type").endsWith("/impersonated"), answer::text);
    }

    private static String path(Answer key) {
        return realm.keys() + "/" + key.text("id");
    }
}
