package io.latchkey.bench;

import io.latchkey.it.ApiClient;
import io.latchkey.it.ApiClient.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Creates a realm for the benchmark: {@code alice} with a key, the public client {@code app} that makes tokens of keys and
 * names {@code orders} as their audience, and {@code orders}, the API, which may also ask about keys and tokens.
 */
final class BenchRealm {

    static final String API = "orders";

    private static final String SECRET = "orders-secret";

    private final String name;
    private final ApiClient http;

    private BenchRealm(String name, ApiClient http) {
        this.name = name;
        this.http = http;
    }

    static BenchRealm create(BenchServer server, String name) {
        BenchRealm realm = new BenchRealm(name, new ApiClient(server.base()));
        realm.admin()
                .post(
                        "/admin/realms",
                        Map.of(
                                "realm",
                                name,
                                "enabled",
                                true,
                                "attributes",
                                Map.of(
                                        "latchkey.creation", "everyone",
                                        "latchkey.brand", "bench",
                                        "latchkey.client", "app",
                                        "latchkey.management-clients", "app",
                                        "latchkey.keycloak-rest", "true",
                                        "latchkey.max-keys", "10000"),
                                "clients",
                                List.of(app(), api())))
                .expect(201);
        // Not with the realm: imported users get no default roles, and without them users may not create keys.
        realm.admin().post(realm.adminPath("/users"), alice()).expect(201);
        return realm;
    }

    /** The same with limits and credits that are never used up. */
    static BenchRealm metered(BenchServer server, String name) {
        BenchRealm realm = create(server, name);
        ApiClient admin = realm.admin();
        admin.put(
                        realm.adminPath(""),
                        Map.of(
                                "attributes",
                                Map.of(
                                        "latchkey.creation", "everyone",
                                        "latchkey.brand", "bench",
                                        "latchkey.client", "app",
                                        "latchkey.management-clients", "app",
                                        "latchkey.rate-limit", "1000000/s",
                                        "latchkey.owner-rate-limit", "1000000/s")))
                .expect(204);
        admin.put(realm.adminPath("/api-keys/prices"), Map.of("api", API, "prices", List.of("0.5")))
                .expect(200);
        admin.put(
                        realm.adminPath("/api-keys/allowances"),
                        Map.of(
                                "owner",
                                Map.of("name", "alice"),
                                "api",
                                API,
                                "credits",
                                1_000_000_000,
                                "refill",
                                "month"))
                .expect(200);
        return realm;
    }

    private static Map<String, Object> app() {
        return Map.of(
                "clientId",
                "app",
                "publicClient",
                true,
                "directAccessGrantsEnabled",
                true,
                "protocolMappers",
                List.of(Map.of(
                        "name",
                        "audience",
                        "protocol",
                        "openid-connect",
                        "protocolMapper",
                        "oidc-audience-mapper",
                        "config",
                        Map.of("included.client.audience", API, "access.token.claim", "true"))));
    }

    private static Map<String, Object> api() {
        return Map.of("clientId", API, "secret", SECRET, "serviceAccountsEnabled", true);
    }

    private static Map<String, Object> alice() {
        return Map.of(
                "username",
                "alice",
                "enabled",
                true,
                "email",
                "alice@example.org",
                "firstName",
                "Alice",
                "lastName",
                "Example",
                "credentials",
                List.of(Map.of("type", "password", "value", "alice")));
    }

    /** The administrator of the server, with a fresh token. */
    ApiClient admin() {
        return http.with("Authorization", adminBearer());
    }

    /** What {@link #admin} authenticates with. */
    String adminBearer() {
        Answer token = http.form(
                "/realms/master/protocol/openid-connect/token",
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "admin-cli",
                        "username",
                        BenchServer.ADMIN,
                        "password",
                        BenchServer.ADMIN));
        return "Bearer " + token.expect(200).text("access_token");
    }

    /** A new key of alice, without restrictions. */
    String key(String keyName) {
        return http.as(loginToken())
                .post(path("/api-keys"), Map.of("name", keyName))
                .expect(201)
                .text("key");
    }

    /** A new user, by id. */
    String user(String userName) {
        admin().post(adminPath("/users"), Map.of("username", userName, "enabled", true))
                .expect(201);
        return admin().get(adminPath("/users?exact=true&username=" + userName))
                .expect(200)
                .json()
                .at("/0/id")
                .asText();
    }

    /** A new access token of alice, who signed in with her password. */
    String loginToken() {
        return http.form(
                        path("/protocol/openid-connect/token"),
                        Map.of("grant_type", "password", "client_id", "app", "username", "alice", "password", "alice"))
                .expect(200)
                .text("access_token");
    }

    /** What the API authenticates with. */
    static String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((API + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
    }

    String path(String rest) {
        return "/realms/" + name + rest;
    }

    String adminPath(String rest) {
        return "/admin/realms/" + name + rest;
    }
}
