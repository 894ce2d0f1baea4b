package io.latchkey.it;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A realm of its own for one test class: people may create keys, {@code app} is a public client that takes passwords and is
 * the policy's default, {@code service} a confidential one with a service account. Closing it deletes everything.
 */
public final class RealmFixture implements AutoCloseable {

    public static final String GRANT = "urn:latchkey:oauth:grant-type:api-key";
    public static final String SECRET = "service-secret";

    /** Argon2 is meant to take its time; no test looks at how passwords are kept. */
    private static final String REALM = """
            {
              "enabled": true, "eventsEnabled": true, "adminEventsEnabled": true, "adminEventsDetailsEnabled": true,
              "passwordPolicy": "hashAlgorithm(pbkdf2-sha256) and hashIterations(1)",
              "clients": [
                {"clientId": "app", "publicClient": true, "directAccessGrantsEnabled": true, "redirectUris": ["http://localhost/*"]},
                {"clientId": "service", "secret": "service-secret", "serviceAccountsEnabled": true}
              ]
            }""";

    private static final String USER = """
            {
              "username": "%1$s", "enabled": true, "email": "%1$s@example.org", "emailVerified": true,
              "firstName": "Given", "lastName": "Family",
              "credentials": [{"type": "password", "value": "%1$s", "temporary": false}]
            }""";

    private final String base;
    private final String name;
    private final ApiClient http;

    private RealmFixture(String base, ApiClient http, String name) {
        this.base = base;
        this.name = name;
        this.http = http;
    }

    public static RealmFixture create(Map<String, String> policy) {
        return create(LatchkeyServer.url(), policy);
    }

    /** @param base the server it is made on */
    public static RealmFixture create(String base, Map<String, String> policy) {
        RealmFixture fixture = on(base, "it-" + UUID.randomUUID().toString().substring(0, 8));
        Map<String, Object> document = ApiClient.map(REALM);
        Map<String, String> attributes = new LinkedHashMap<>(Map.of(
                "latchkey.creation", "everyone",
                "latchkey.brand", "test",
                "latchkey.client", "app",
                "latchkey.management-clients", "app account-console"));
        attributes.putAll(policy);
        document.putAll(Map.of("realm", fixture.name, "components", RealmKeys.components(), "attributes", attributes));
        fixture.master().post("/admin/realms", document).expect(201);
        // A server of one test class ends with its realms.
        return LatchkeyServer.isShared(base) ? Resources.ofClass(fixture) : fixture;
    }

    /** A realm that something else has made. */
    static RealmFixture existing(String name) {
        return on(LatchkeyServer.url(), name);
    }

    private static RealmFixture on(String base, String name) {
        return new RealmFixture(base, new ApiClient(base), name);
    }

    /** The same realm as another node of the cluster serves it. */
    public RealmFixture at(String base) {
        return on(base, name);
    }

    /** The same realm as it is seen from another address, where the server believes its proxies. */
    public RealmFixture from(String address) {
        return new RealmFixture(base, http.with("X-Forwarded-For", address), name);
    }

    /** The same realm for a caller who sends one more header. */
    public RealmFixture sending(String header, String value) {
        return new RealmFixture(base, http.with(header, value), name);
    }

    String base() {
        return base;
    }

    public String name() {
        return name;
    }

    /** Nobody in particular. */
    public ApiClient anyone() {
        return http;
    }

    /** The administrator of the server. */
    public ApiClient master() {
        return http.as(masterToken());
    }

    public String masterToken() {
        return AdminToken.of(base);
    }

    /** A new user whose password is the name; answers with its id. */
    public String user(String username) {
        String location = master().post(admin("/users"), USER.formatted(username))
                .expect(201)
                .header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    /** Somebody signed in with the password that {@link #user} gave. */
    public ApiClient signedIn(String username) {
        return http.as(passwordToken(username).expect(200).text("access_token"));
    }

    public Answer passwordToken(String username) {
        return http.form(
                token(), "grant_type", "password", "client_id", "app", "username", username, "password", username);
    }

    /** Exchanges a key for a token with nothing but the key. */
    public Answer exchange(String key) {
        return http.with("X-API-Key", key).form(token(), Map.of("grant_type", GRANT));
    }

    public Answer exchange(String key, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>(more);
        form.put("grant_type", GRANT);
        return http.with("X-API-Key", key).form(token(), form);
    }

    /** @param tokens an answer of the token endpoint to that client, which has no secret */
    public Answer refresh(String client, Answer tokens) {
        String token = tokens.text("refresh_token");
        return http.form(token(), "grant_type", "refresh_token", "client_id", client, "refresh_token", token);
    }

    /** A confidential client, which all have the same secret. */
    public ApiClient client(String clientId) {
        return http.basic(clientId, SECRET);
    }

    public Answer introspect(String accessToken) {
        return client("service").form(token() + "/introspect", "token", accessToken);
    }

    /** A new key of that user, made by the user. */
    public Answer createKey(String username, String keyName) {
        return signedIn(username).post(keys(), Map.of("name", keyName)).expect(201);
    }

    /** Lets one more client create, rotate and loosen keys in the self-service. */
    void allowManagement(String clientId) {
        ObjectNode settings = (ObjectNode) master().get(admin("")).expect(200).json();
        ObjectNode attributes = settings.withObject("/attributes");
        String before = attributes.path("latchkey.management-clients").asText();
        attributes.put("latchkey.management-clients", before + " " + clientId);
        master().put(admin(""), settings).expect(204);
    }

    public void policy(Map<String, Object> fields) {
        Map<String, Object> document = new LinkedHashMap<>(Map.of(
                "creation", "everyone",
                "brand", "test",
                "client", "app",
                "managementClients", List.of("app", "account-console")));
        document.putAll(fields);
        master().put(adminKeys() + "/policy", document).expect(200);
    }

    public String token() {
        return "/realms/" + name + "/protocol/openid-connect/token";
    }

    public String keys() {
        return "/realms/" + name + "/api-keys";
    }

    public String adminKeys() {
        return admin("/api-keys");
    }

    public String admin(String path) {
        return "/admin/realms/" + name + path;
    }

    @Override
    public void close() {
        Resources.remove(this);
        master().delete("/admin/realms/" + name);
    }
}
