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
        newRole("vault");
        realm.master()
                .post(realm.admin("/roles/chief/composites"), List.of(role("vault")))
                .expect(204);
        joinGroup();
        api();
        scope("reports", List.of());
        scopeRole("reports", "reader");
        apiRole("/client-scopes/" + scopeId("reports") + "/scope-mappings/clients/");
        apiRole("/users/" + boss + "/role-mappings/clients/");
    }

    private void joinGroup() {
        newRole("night-shift");
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

    private void api() {
        setup.client(Map.of("clientId", "api", "secret", RealmFixture.SECRET));
        realm.master()
                .post(setup.clientPath("api") + "/roles", Map.of("name", "read"))
                .expect(201);
    }

    private void apiRole(String holder) {
        String path = setup.clientPath("api");
        JsonNode read = realm.master().get(path + "/roles/read").expect(200).json();
        realm.master()
                .post(realm.admin(holder + path.substring(path.lastIndexOf('/') + 1)), List.of(read))
                .expect(204);
    }

    private void newRole(String name) {
        realm.master().post(realm.admin("/roles"), Map.of("name", name)).expect(201);
    }

    JsonNode role(String name) {
        return realm.master().get(realm.admin("/roles/" + name)).expect(200).json();
    }

    /** A client scope that tokens name. */
    void scope(String name, List<Map<String, Object>> mappers) {
        scope(name, mappers, true);
    }

    void scope(String name, List<Map<String, Object>> mappers, boolean named) {
        realm.master()
                .post(
                        realm.admin("/client-scopes"),
                        Map.of(
                                "name",
                                name,
                                "protocol",
                                "openid-connect",
                                "attributes",
                                Map.of("include.in.token.scope", Boolean.toString(named)),
                                "protocolMappers",
                                mappers))
                .expect(201);
    }

    void scopeRole(String scope, String role) {
        realm.master()
                .post(realm.admin("/client-scopes/" + scopeId(scope) + "/scope-mappings/realm"), List.of(role(role)))
                .expect(204);
    }

    String scopeId(String name) {
        for (JsonNode scope :
                realm.master().get(realm.admin("/client-scopes")).expect(200).json()) {
            if (name.equals(scope.path("name").asText())) {
                return scope.path("id").asText();
            }
        }
        throw new AssertionError("There is no client scope " + name);
    }

    /** A client that gives a key nothing but the scopes the key carries; exchanges tokens, too. */
    static Map<String, Object> narrow(String clientId, String... optionalScopes) {
        return new LinkedHashMap<>(Map.of(
                "clientId",
                clientId,
                "secret",
                RealmFixture.SECRET,
                "fullScopeAllowed",
                false,
                "defaultClientScopes",
                List.of("basic", "roles"),
                "optionalClientScopes",
                List.of(optionalScopes),
                "attributes",
                Map.of("standard.token.exchange.enabled", "true")));
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
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "client_id",
                clientId,
                "client_secret",
                RealmFixture.SECRET,
                "subject_token",
                accessToken,
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:access_token"));
        form.putAll(more);
        return realm.anyone().form(realm.token(), form);
    }

    Answer refresh(Answer tokens, String clientId, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                clientId,
                "client_secret",
                RealmFixture.SECRET,
                "refresh_token",
                tokens.text("refresh_token")));
        form.putAll(more);
        return realm.anyone().form(realm.token(), form);
    }

    Answer introspect(String accessToken) {
        return realm.anyone()
                .form(
                        realm.token() + "/introspect",
                        Map.of("client_id", "api", "client_secret", RealmFixture.SECRET, "token", accessToken));
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
