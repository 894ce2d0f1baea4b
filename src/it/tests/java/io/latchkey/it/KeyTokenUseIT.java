package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token made from a key opens nothing that its key does not open now. */
@EveryRelease
class KeyTokenUseIT {

    private static final String NEAR = "192.0.2.1";
    private static final String PAGE = "https://app.example.org";
    private static final String INACTIVE = "{\"active\":false}";

    private static RealmFixture realm;
    private static RealmSetup setup;
    private static String alice;
    private static int keys;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of("latchkey.keycloak-rest", "true", "latchkey.max-keys", "50"));
        setup = new RealmSetup(realm);
        // Callers come from other addresses, without TLS.
        setup.realm(Map.of("sslRequired", "none"));
        setup.client("app", Map.of("webOrigins", List.of(PAGE)));
        alice = realm.user("alice");
        setup.makeRealmAdmin(alice);
        setup.grantNewRole(alice, "reader");
        setup.client(Map.of("clientId", "other", "secret", RealmFixture.SECRET));
        setup.audience("app", "service");
        setup.audience("app", "other");
    }

    @Test
    void audienceThatTheKeyHasLostIsForbiddenToItsToken() {
        Answer key = key(Map.of("audiences", List.of("service", "other")));
        String token = token(key);
        assertEquals(200, passage(token, "?audience=service").status());

        change(key, Map.of("audiences", List.of("other")));

        assertEquals(403, withKey(key, "?audience=service").status());
        assertEquals(403, passage(token, "?audience=service").status());
        // It still names the service, whoever looks.
        assertEquals(401, passage(token, "").status());
        assertEquals(INACTIVE, realm.introspect(token).expect(200).text());
        assertEquals(200, passage(token(key), "?audience=other").status());
    }

    @Test
    void firstAudiencesOfTheKeyHoldForItsToken() {
        Answer key = key(Map.of());
        String token = token(key);
        assertEquals(200, passage(token, "?audience=service").status());

        change(key, Map.of("audiences", List.of("other")));

        assertEquals(403, passage(token, "?audience=service").status());
        assertEquals(401, passage(token, "").status());
        assertEquals(INACTIVE, realm.introspect(token).expect(200).text());
    }

    @Test
    void roleThatTheOwnerHasLostEndsTheToken() {
        setup.grantNewRole(alice, "passing");
        Answer key = key(Map.of());
        String token = token(key);
        assertTrue(
                AccessTokens.claims(token).at("/realm_access/roles").toString().contains("passing"));
        assertEquals(200, passage(token, "").status());
        assertTrue(realm.introspect(token).json().path("active").asBoolean());
        setup.forgetEvents();

        setup.withdrawRole(alice, "passing");

        assertEquals(401, passage(token, "").status());
        assertEquals(
                "api_key_token_too_wide",
                setup.failures().get(0).at("/details/reason").asText());
        assertEquals(INACTIVE, realm.introspect(token).expect(200).text());
        assertEquals(200, passage(token(key), "").status());
    }

    @Test
    void claimsBesideAudienceScopeAndRolesAreNotCompared() {
        String token = token(key(Map.of()));

        setup.user(alice, Map.of("firstName", "Alicia"));

        assertEquals(200, passage(token, "").status());
    }

    @Test
    void tokenOfLessThanTheKeyGivesPasses() {
        setup.client(Map.of("clientId", "silent", "publicClient", true, "optionalClientScopes", List.of("hidden")));
        realm.master()
                .post(
                        realm.admin("/client-scopes"),
                        Map.of(
                                "name",
                                "hidden",
                                "protocol",
                                "openid-connect",
                                "attributes",
                                Map.of("include.in.token.scope", "false"),
                                "protocolMappers",
                                List.of(Map.of(
                                        "name", "for service",
                                        "protocol", "openid-connect",
                                        "protocolMapper", "oidc-audience-mapper",
                                        "config",
                                                Map.of(
                                                        "included.client.audience",
                                                        "service",
                                                        "access.token.claim",
                                                        "true")))))
                .expect(201);
        String scope = scopeId("hidden");
        realm.master()
                .put(setup.clientPath("silent") + "/optional-client-scopes/" + scope, Map.of())
                .expect(204);
        Answer key = key(Map.of());
        String hidden = realm.exchange(key.text("key"), Map.of("client_id", "silent", "scope", "hidden"))
                .expect(200)
                .text("access_token");
        String aimed = realm.exchange(key.text("key"), Map.of("client_id", "app", "audience", "service"))
                .expect(200)
                .text("access_token");

        assertEquals(200, passage(hidden, "?audience=service").status());
        assertEquals(200, passage(aimed, "?audience=service").status());
        assertTrue(realm.introspect(hidden).json().path("active").asBoolean());
    }

    @Test
    void addressesOfTheKeyHoldForItsTokenAtForwardAuthAndIntrospection() {
        Answer key = key(Map.of("allowedIps", List.of(NEAR)));
        String token = tokenFrom(NEAR, key);
        setup.forgetEvents();

        assertEquals(200, passageFrom(NEAR, token).status());
        assertEquals(401, passageFrom("198.51.100.7", token).status());
        assertEquals(
                "api_key_address_not_allowed",
                setup.failures().get(0).at("/details/reason").asText());
        assertTrue(introspect(token, Map.of("ip", NEAR)).path("active").asBoolean());
        assertFalse(
                introspect(token, Map.of("ip", "198.51.100.7")).path("active").asBoolean());
        // As it is with the key itself.
        assertFalse(introspect(token, Map.of()).path("active").asBoolean());
        assertFalse(introspect(key.text("key"), Map.of()).path("active").asBoolean());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/account", "/protocol/openid-connect/userinfo", "admin"})
    void addressesOfTheKeyHoldForItsTokenAtKeycloaksRest(String place) {
        Answer key = key(Map.of("allowedIps", List.of(NEAR), "audiences", List.of("account", "realm-management")));
        String token = realm.from(NEAR)
                .exchange(key.text("key"), Map.of("client_id", "app", "scope", "openid"))
                .expect(200)
                .text("access_token");
        String path = place.equals("admin") ? realm.admin("/users") : "/realms/" + realm.name() + place;

        assertEquals(200, at(NEAR).as(token).get(path).status());
        assertEquals(401, at("198.51.100.7").as(token).get(path).status());
        assertEquals(200, at(NEAR).as(token).get(path).status());
    }

    @Test
    void originsOfTheKeyHoldForItsTokenAtForwardAuth() {
        Answer key = key(Map.of("allowedOrigins", List.of(PAGE)));
        String token = realm.anyone()
                .with("Origin", PAGE)
                .with("X-API-Key", key.text("key"))
                .form(realm.token(), Map.of("grant_type", RealmFixture.GRANT))
                .expect(200)
                .text("access_token");
        ApiClient holder = realm.anyone().as(token);

        assertEquals(401, holder.get(realm.keys() + "/forward-auth").status());
        assertEquals(
                200,
                holder.with("Origin", PAGE).get(realm.keys() + "/forward-auth").status());
    }

    @Test
    void mapperThatWritesResourceAccessAsAPlainClaimWidensNoToken() {
        setup.client(Map.of("clientId", "plain", "publicClient", true));
        setup.audience("plain", "service");
        realm.master()
                .post(
                        setup.clientPath("plain") + "/protocol-mappers/models",
                        Map.of(
                                "name", "plain",
                                "protocol", "openid-connect",
                                "protocolMapper", "oidc-hardcoded-claim-mapper",
                                "config",
                                        Map.of(
                                                "claim.name", "resource_access",
                                                "claim.value",
                                                        "{\"service\":{\"roles\":[\"read\"]},\"vault\":{\"roles\":[\"open\"]},"
                                                                + "\"realm-management\":{\"roles\":[\"realm-admin\"]}}",
                                                "jsonType.label", "JSON",
                                                "access.token.claim", "true",
                                                "introspection.token.claim", "true")))
                .expect(201);
        Answer key = key(Map.of("audiences", List.of("service")));

        String token = realm.exchange(key.text("key"), Map.of("client_id", "plain"))
                .expect(200)
                .text("access_token");

        String payload = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        assertEquals(2, payload.split("\"resource_access\"", -1).length, payload);
        assertEquals(
                "{\"service\":{\"roles\":[\"read\"]}}",
                AccessTokens.claims(token).path("resource_access").toString());
        JsonNode shown = introspect(token, Map.of());
        assertTrue(shown.path("active").asBoolean(), shown::toString);
        assertFalse(shown.toString().contains("vault"), shown::toString);
        assertFalse(shown.toString().contains("realm-admin"), shown::toString);
        assertEquals(200, passage(token, "?audience=service").status());
    }

    private static Answer key(Map<String, ?> restrictions) {
        keys++;
        Map<String, Object> draft = new LinkedHashMap<>(restrictions);
        draft.put("name", "key " + keys);
        draft.put("owner", Map.of("type", "user", "name", "alice"));
        return realm.master().post(realm.adminKeys(), draft).expect(201);
    }

    private static void change(Answer key, Map<String, ?> fields) {
        realm.master().patch(realm.adminKeys() + "/" + key.text("id"), fields).expect(200);
    }

    private static String token(Answer key) {
        return realm.exchange(key.text("key")).expect(200).text("access_token");
    }

    private static String tokenFrom(String address, Answer key) {
        return realm.from(address).exchange(key.text("key")).expect(200).text("access_token");
    }

    private static ApiClient at(String address) {
        return realm.anyone().with("X-Forwarded-For", address).with("Accept", "application/json");
    }

    private static Answer passage(String token, String query) {
        return realm.anyone().as(token).get(realm.keys() + "/forward-auth" + query);
    }

    private static Answer passageFrom(String address, String token) {
        return at(address).as(token).get(realm.keys() + "/forward-auth");
    }

    private static Answer withKey(Answer key, String query) {
        return realm.anyone().with("X-API-Key", key.text("key")).get(realm.keys() + "/forward-auth" + query);
    }

    private static JsonNode introspect(String token, Map<String, String> more) {
        return new ApiCalls(realm)
                .introspect("service", token, more)
                .expect(200)
                .json();
    }

    private static String scopeId(String name) {
        for (JsonNode scope :
                realm.master().get(realm.admin("/client-scopes")).expect(200).json()) {
            if (name.equals(scope.path("name").asText())) {
                return scope.path("id").asText();
            }
        }
        throw new AssertionError("There is no client scope " + name);
    }
}
