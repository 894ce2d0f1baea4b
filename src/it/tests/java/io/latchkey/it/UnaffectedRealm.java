package io.latchkey.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** The realm of {@code untouched/realm.json} on one of two servers, with the same ids and the same keys on both. */
final class UnaffectedRealm implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/admin/realms/untouched";

    private final int port;
    private final ObjectNode document;

    private UnaffectedRealm(int port, ObjectNode document) {
        this.port = port;
        this.document = document;
        master().post("/admin/realms", document).expect(201);
    }

    /** Makes the realm with keys of this run. */
    static UnaffectedRealm create(int port) {
        ObjectNode document = recorded();
        set(document, 0, "privateKey", RealmKeys.PRIVATE);
        set(document, 1, "secret", random(64));
        set(document, 2, "secret", random(16));
        return new UnaffectedRealm(port, document);
    }

    /** Makes the same realm on another server. The certificate has a random number, so that one of them must be first. */
    UnaffectedRealm copy(int otherPort) {
        ObjectNode copy = document.deepCopy();
        for (JsonNode key : master().get(PATH + "/keys").expect(200).json().path("keys")) {
            if (key.has("certificate")) {
                set(copy, 0, "certificate", key.path("certificate").asText());
            }
        }
        return new UnaffectedRealm(otherPort, copy);
    }

    /** What this server answers, to somebody who has just signed in where the request has a token. */
    WireAnswer answer(RecordedRequest request) {
        return WireAnswer.of(port, request.bytes(tokens()));
    }

    /** What this server is: its release, and whether it knows this project. */
    JsonNode serverInfo() {
        return master().get("/admin/serverinfo").expect(200).json();
    }

    private Map<String, String> tokens() {
        JsonNode tokens = signedIn("app", "ann");
        return Map.of(
                "access_token", tokens.path("access_token").asText(),
                "refresh_token", tokens.path("refresh_token").asText(),
                "admin_token",
                        signedIn("admin-cli", "admin").path("access_token").asText());
    }

    /** Over the wire as well: the issuer of the tokens is the host of the request. */
    private JsonNode signedIn(String client, String username) {
        RecordedRequest login = new RecordedRequest(
                "login",
                200,
                "POST /realms/untouched/protocol/openid-connect/token HTTP/1.1\n"
                        + "Content-Type: application/x-www-form-urlencoded",
                "grant_type=password&scope=openid&client_id=%1$s&username=%2$s&password=%2$s"
                        .formatted(client, username));
        return json(WireAnswer.of(port, login.bytes(Map.of())).body());
    }

    private ApiClient master() {
        String server = "http://localhost:" + port;
        return new ApiClient(server).as(AdminToken.of(server));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode recorded() {
        try (InputStream file = UnaffectedRealm.class.getResourceAsStream("/untouched/realm.json")) {
            return (ObjectNode) JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void set(ObjectNode document, int key, String field, String value) {
        JsonNode keys = document.path("components").path("org.keycloak.keys.KeyProvider");
        ((ObjectNode) keys.path(key).path("config")).putArray(field).add(value);
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        master().delete(PATH).expect(204);
    }
}
