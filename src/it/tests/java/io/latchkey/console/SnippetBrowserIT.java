package io.latchkey.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.latchkey.it.LatchkeyServer;
import io.latchkey.it.RealmSetup;
import io.latchkey.sample.SampleApi;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who reads nothing but the page makes a key, and calls an API with the lines that the page shows. */
@ConsoleTest
class SnippetBrowserIT {

    @Test
    void theLinesThatAreShownCallTheApi(BrowserUser browserUser) throws IOException {
        int port = LatchkeyServer.freePort();
        String orders = "http://localhost:" + port + "/orders";
        try (ConsoleRealm realm = ConsoleRealm.create(Map.of("latchkey.example-url", orders));
                SampleApi api = start(realm, port)) {
            realm.fixture().user("alice");
            AccountConsole console = browserUser.account(realm.name());
            console.enter("alice");
            console.marked("create-key").click();
            console.field("Name").fill("first");
            console.marked("create-submit").click();

            String curl = copied(console, "curl");
            String python = copied(console, "Python");
            console.marked("done").click();
            assertThat(console.row("first")).isVisible();

            api.awaitReady(Duration.ofMinutes(2));
            assertEquals("alice", answer("sh", curl).path("username").asText());
            assumeTrue(Chromium.onPath("python3").isPresent(), "no python3");
            assertEquals("alice", answer("python3", python).path("username").asText());
        }
    }

    /** What is in the clipboard after a click below the lines for that program. */
    private static String copied(AccountConsole console, String program) {
        console.dialog()
                .getByRole(AriaRole.TAB, new Locator.GetByRoleOptions().setName(program))
                .click();
        Locator panel = console.dialog().getByRole(AriaRole.TABPANEL);
        panel.getByTestId("copy").click();
        assertThat(panel.getByTestId("copy")).hasText("Copied");
        return (String) console.page().evaluate("() => navigator.clipboard.readText()");
    }

    private static JsonNode answer(String program, String lines) throws IOException {
        Process process = new ProcessBuilder(program)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream input = process.getOutputStream()) {
            input.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        return new ObjectMapper().readTree(process.getInputStream().readAllBytes());
    }

    private static SampleApi start(ConsoleRealm realm, int port) {
        RealmSetup setup = new RealmSetup(realm.fixture());
        setup.client(Map.of("clientId", "sample-api"));
        setup.audience("app", "sample-api");
        return SampleApi.start(
                Path.of("docker/sample-api/target/sample-api.jar"),
                port,
                URI.create(LatchkeyServer.url() + "/realms/" + realm.name()),
                LatchkeyServer.folder().resolve("sample-api-browser.log"));
    }
}
