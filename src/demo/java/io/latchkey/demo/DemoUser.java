package io.latchkey.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.latchkey.server.ServerFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Alice, who logs in with her password and makes a key as any user can. */
final class DemoUser {

    private static final String KEY_NAME = "demo";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI realm;
    private final String bearer;

    private DemoUser(URI realm) {
        this.realm = realm;
        HttpRequest login = HttpRequest.newBuilder(URI.create(realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=password&client_id=demo-login&username=alice&password=alice"))
                .build();
        this.bearer = "Bearer " + send(login).path("access_token").asText();
    }

    static DemoUser login(URI realm) {
        return new DemoUser(realm);
    }

    /** A new key; the one that an earlier run made is deleted, so that runs do not use up what the policy allows. */
    String replaceKey() {
        for (JsonNode key : send(keys("?q=" + KEY_NAME).GET().build())) {
            if (key.path("name").asText().equals(KEY_NAME)) {
                send(keys("/" + key.path("id").asText()).DELETE().build());
            }
        }
        String body = json.createObjectNode().put("name", KEY_NAME).toString();
        return send(keys("").POST(BodyPublishers.ofString(body)).build())
                .path("key")
                .asText();
    }

    private HttpRequest.Builder keys(String rest) {
        return HttpRequest.newBuilder(URI.create(realm + "/api-keys" + rest))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", bearer)
                .header("Content-Type", "application/json");
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new ServerFailure("%s %s answered %d: %s"
                        .formatted(request.method(), request.uri(), response.statusCode(), response.body()));
            }
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new ServerFailure(request.method() + " " + request.uri() + " failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailure("Interrupted", e);
        }
    }
}
