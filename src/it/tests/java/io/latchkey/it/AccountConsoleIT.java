package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.latchkey.it.ApiClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the account console of a realm with the theme loads. */
class AccountConsoleIT {

    private static final Pattern RESOURCES = Pattern.compile("\"resourceUrl\": \"([^\"]+)\"");

    private static final Pattern CREATION =
            Pattern.compile("kcadm\\.sh create (localization/\\S+) -r \\$REALM -b '(.+)'");

    private static RealmFixture realm;

    @BeforeAll
    static void createRealm() {
        assumeTrue(
                AccountConsoleIT.class.getResource("/META-INF/latchkey/ui/account.js") != null, "built with -DskipUi");
        realm = RealmFixture.create(Map.of());
        new RealmSetup(realm).realm(Map.of("accountTheme", "api-keys", "internationalizationEnabled", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"account.js", "admin.js"})
    void aPageIsSentOnceAndAskedAboutAfterwards(String file) {
        Answer first = page(realm.anyone(), file).expect(200);

        assertEquals(
                "text/javascript;charset=utf-8", first.header("Content-Type").replace(" ", ""));
        assertEquals("no-cache", first.header("Cache-Control"));
        assertEquals("nosniff", first.header("X-Content-Type-Options"));
        page(realm.anyone().with("If-None-Match", first.header("ETag")), file).expect(304);
        page(realm.anyone().with("If-None-Match", "\"older\""), file).expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other.js", "account.js.map", "..%2Faccount.js", "%2e%2e/policy"})
    void nothingElseIsAPage(String file) {
        assertNotEquals(200, page(realm.anyone(), file).status());
    }

    @Test
    void theMenuIsKeycloaksOwnWithOnePageMore() throws IOException {
        JsonNode stock = menu("keycloak.v3");
        JsonNode ours = menu("api-keys");

        int removed = 0;
        for (JsonNode item : ours) {
            Iterator<JsonNode> children = ((ArrayNode) item.withArray("/children")).elements();
            while (children.hasNext()) {
                if (children.next().path("modulePath").asText().equals("/content/api-keys.js")) {
                    children.remove();
                    removed++;
                }
            }
        }
        for (JsonNode item : stock) {
            item.withArray("/children");
        }
        assertEquals(2, removed);
        assertEquals(stock, ours);
    }

    @Test
    void theMenuLeadsToALoaderOfThePage() {
        String script = theme("api-keys", "content/api-keys.js").expect(200).text();

        assertTrue(script.contains("/api-keys/ui/account.js"), script);
    }

    @ParameterizedTest
    @CsvSource({
        "en, Create API key",
        "de, API-Schlüssel erstellen",
        "fr, Créer une clé d’API",
        "es, Crear clave de API",
        "ja, APIキーを作成",
        "it, Create API key"
    })
    void thePageSpeaksTheLanguageOfTheConsole(String language, String text) {
        assertEquals(text, text(language, "apiKeysCreate"));
    }

    @Test
    void administratorsHaveTheLastWordAsTheGuideSays() throws IOException {
        Matcher command = CREATION.matcher(Files.readString(Path.of("src", "docs", "consoles.md")));
        assertTrue(command.find());

        realm.master()
                .send("POST", realm.admin("/" + command.group(1)), "application/json", command.group(2))
                .expect(204);

        JsonNode said = new ObjectMapper().readTree(command.group(2));
        assertEquals(said.path("apiKeysIntroduction").asText(), text("en", "apiKeysIntroduction"));
    }

    private static String text(String language, String key) {
        JsonNode texts = realm.anyone()
                .get("/resources/" + realm.name() + "/account/" + language)
                .expect(200)
                .json();
        for (JsonNode entry : texts) {
            if (entry.path("key").asText().equals(key)) {
                return entry.path("value").asText();
            }
        }
        return "";
    }

    private static Answer page(ApiClient client, String file) {
        return client.get(realm.keys() + "/ui/" + file);
    }

    private static JsonNode menu(String theme) throws IOException {
        return new ObjectMapper()
                .readTree(theme(theme, "content.json").expect(200).text());
    }

    private static Answer theme(String theme, String file) {
        String page = realm.anyone()
                .get("/realms/" + realm.name() + "/account/")
                .expect(200)
                .text();
        Matcher resources = RESOURCES.matcher(page);
        assertTrue(resources.find(), page);
        String path = resources.group(1).replaceFirst("^https?://[^/]+", "").replaceFirst("[^/]+$", theme);
        return realm.anyone().get(path + "/" + file);
    }
}
