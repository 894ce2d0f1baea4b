package io.latchkey.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dasniko.testcontainers.keycloak.KeycloakContainer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.MountableFile;

/** The image of docker/Dockerfile, built with the embedded database because one container has to do. */
@EnabledIf(value = "engineAvailable", disabledReason = "no container engine")
class ImageContainerIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static String image;
    private static KeycloakContainer keycloak;

    static boolean engineAvailable() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @BeforeAll
    static void start() {
        image = new ImageFromDockerfile()
                .withFileFromPath("Dockerfile", Path.of("docker/Dockerfile"))
                .withFileFromPath("providers", Path.of("providers"))
                .withBuildArg("DB", "dev-file")
                .get();
        keycloak = new KeycloakContainer(image)
                .withProductionMode()
                .withOptimizedFlag()
                .withEnabledMetrics()
                .withEnv("KC_HTTP_ENABLED", "true")
                .withEnv("KC_HOSTNAME_STRICT", "false")
                .withEnv("KC_CACHE", "local")
                .withCopyFileToContainer(
                        MountableFile.forHostPath("docker/demo/demo-realm.json"),
                        "/opt/keycloak/data/import/demo-realm.json")
                .withLogConsumer(line -> System.out.print(line.getUtf8String()))
                .withStartupTimeout(Duration.ofMinutes(3));
        keycloak.start();
    }

    @AfterAll
    static void stop() {
        keycloak.stop();
        // 880 MB, and nobody else would remove it.
        DockerClientFactory.instance()
                .client()
                .removeImageCmd(image)
                .withForce(true)
                .exec();
    }

    @Test
    void turnsANewKeyIntoAToken() throws Exception {
        JsonNode login = form("grant_type=password&client_id=demo-login&username=alice&password=alice");
        String bearer = "Bearer " + login.path("access_token").asText();

        JsonNode created = answer(
                201,
                request("/realms/demo/api-keys")
                        .header("Authorization", bearer)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\":\"container\"}")));
        JsonNode token = form("grant_type=urn:latchkey:oauth:grant-type:api-key&api_key="
                + created.path("key").asText());

        assertTrue(created.path("key").asText().startsWith("demo_sk_"));
        assertEquals("Bearer", token.path("token_type").asText());
    }

    private static JsonNode form(String body) throws Exception {
        return answer(
                200,
                request("/realms/demo/protocol/openid-connect/token")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(keycloak.getAuthServerUrl() + path));
    }

    private static JsonNode answer(int status, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
        assertEquals(status, response.statusCode(), response.body());
        return JSON.readTree(response.body());
    }
}
