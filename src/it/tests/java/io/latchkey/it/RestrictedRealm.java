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
import java.util.TreeSet;

/**
 * A realm in which {@code boss} may do everything, directly, by a group and by a composite role, and where a key with the
 * scope {@code reports} stands for the roles {@code reader} and {@code read} of the client {@code api}, which introspects.
 */
final class RestrictedRealm implements AutoCloseable {

    /** Where mappers put what a restricted key must not tell. */
    static final String LEAK = "leak";

    /** What boss has, and no key with the scope reports. */
    private static final List<String> SECRETS =
            List.of("payroll", "vault", "staff", "night-shift", "realm-admin", "manage-account", "boss@example.org");

    final RealmFixture realm;
    final RealmSetup setup;
    final String boss;
    private int keys;

    RestrictedRealm(Map<String, String> policy) {
        realm = RealmFixture.create(policy);
        setup = new RealmSetup(realm);
        boss = realm.user("boss");
        setup.makeRealmAdmin(boss);
        setup.grantNewRole(boss, "reader");
        setup.grantNewRole(boss, "payroll");
        setup.grantNewRole(boss, "chief");
        setup.newRole("vault", Map.of());
        setup.addToRole("chief", "vault");
        joinGroup();
        setup.confidential("api", Map.of());
        realm.master()
                .post(setup.clientPath("api") + "/roles", Map.of("name", "read"))
                .expect(201);
        scope("reports", List.of());
        scopeRole("reports", "reader");
        setup.giveClientRoles("/client-scopes/" + scopeId("reports") + "/scope-mappings", "api", "read");
        setup.give(boss, "api", "read");
    }

    private void joinGroup() {
        setup.newRole("night-shift", Map.of());
        String location = realm.master()
                .post(realm.admin("/groups"), Map.of("name", "staff"))
                .expect(201)
                .header("Location");
        String group = location.substring(location.lastIndexOf('/') + 1);
        realm.master()
                .post(realm.admin("/groups/" + group + "/role-mappings/realm"), List.of(role("night-shift")))
                .expect(204);
        realm.master()
                .put(realm.admin("/users/" + boss + "/groups/" + group), Map.of())
                .expect(204);
    }

    JsonNode role(String name) {
        return setup.role(name);
    }

    /** A client scope that tokens name. */
    void scope(String name, List<Map<String, Object>> mappers) {
        scope(name, mappers, true);
    }

    void scope(String name, List<Map<String, Object>> mappers, boolean named) {
        setup.scope(name, named, mappers);
    }

    void scopeRole(String scope, String role) {
        setup.scopeRole(scope, role);
    }

    String scopeId(String name) {
        return setup.scopeId(name);
    }

    /** A client that gives a key nothing but the scopes the key carries; exchanges tokens, too. */
    static Map<String, Object> narrow(String clientId, String... optionalScopes) {
        Map<String, Object> client = ApiClient.map("""
                {
                  "secret": "service-secret", "fullScopeAllowed": false, "defaultClientScopes": ["basic", "roles"],
                  "attributes": {"standard.token.exchange.enabled": "true"}
                }""");
        client.putAll(Map.of("clientId", clientId, "optionalClientScopes", optionalScopes));
        return client;
    }

    /** A key of boss, given by the administrator of the server. */
    Answer key(Map<String, ?> restrictions) {
        keys++;
        Map<String, Object> draft =
                new LinkedHashMap<>(Map.of("name", "key " + keys, "owner", Map.of("type", "user", "name", "boss")));
        draft.putAll(restrictions);
        return realm.master().post(realm.adminKeys(), draft).expect(201);
    }

    Answer exchange(Answer key, String clientId, Map<String, String> more) {
        Map<String, String> form =
                new LinkedHashMap<>(Map.of("client_id", clientId, "client_secret", RealmFixture.SECRET));
        form.putAll(more);
        return realm.exchange(key.text("key"), form);
    }

    /** Exchanges an access token for another one. */
    Answer onwards(String accessToken, String clientId, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>(more);
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("subject_token", accessToken);
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
        return realm.client(clientId).form(realm.token(), form);
    }

    Answer refresh(Answer tokens, String clientId, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>(more);
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", tokens.text("refresh_token"));
        return realm.client(clientId).form(realm.token(), form);
    }

    Answer introspect(String accessToken) {
        return realm.client("api").form(realm.token() + "/introspect", "token", accessToken);
    }

    Answer userinfo(String accessToken) {
        return realm.anyone().as(accessToken).get("/realms/" + realm.name() + "/protocol/openid-connect/userinfo");
    }

    /** The token carries the scope reports and what belongs to it, wherever one looks. */
    void assertReportsOnly(Answer tokens) {
        String token = tokens.expect(200).text("access_token");
        JsonNode introspected = introspect(token).expect(200).json();

        assertNoSecrets(AccessTokens.claims(token));
        assertTrue(introspected.path("active").asBoolean(), introspected::toString);
        assertReportsOnly(introspected);
    }

    void assertReportsOnly(JsonNode claims) {
        assertNoSecrets(claims);
        assertEquals(Set.of("reader"), texts(claims.at("/realm_access/roles")), claims::toString);
        assertEquals(
                "{\"api\":{\"roles\":[\"read\"]}}",
                claims.path("resource_access").toString());
        assertEquals("api", claims.path("aud").asText(), claims::toString);
        Set<String> scopes = new TreeSet<>(List.of(claims.path("scope").asText().split(" ")));
        scopes.remove("openid");
        assertEquals(Set.of("reports"), scopes, claims::toString);
    }

    static void assertNoSecrets(JsonNode claims) {
        SECRETS.forEach(
                secret -> assertFalse(claims.toString().contains('"' + secret + '"'), () -> secret + " in " + claims));
        Set<String> told = texts(claims.path(LEAK));
        assertTrue(Set.of("reader").containsAll(told), claims::toString);
    }

    static Set<String> texts(JsonNode list) {
        Set<String> texts = new TreeSet<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    @Override
    public void close() {
        realm.close();
    }
}
