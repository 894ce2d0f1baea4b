package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the page about tokens tells people to send does what the page says. */
class TokenPageIT {

    private static String page;
    private static RestrictedRealm it;

    @BeforeAll
    static void createRealm() throws IOException {
        page = Files.readString(Path.of("src", "docs", "token-endpoint.md"));
        it = new RestrictedRealm(Map.of());
        int json = page.indexOf("<<'JSON'\n") + "<<'JSON'\n".length();
        String client = page.substring(json, page.indexOf("JSON\n", json)).replace("change-me", RealmFixture.SECRET);
        it.realm.master().post(it.realm.admin("/clients"), client).expect(201);
        it.setup.client(Map.of("clientId", "plain", "publicClient", true));
    }

    @Test
    void everyLineGivesATokenOfAKeyWithScopesAtTheClientShown() {
        Answer scoped = it.key(Map.of("scopes", List.of("reports")));

        List<CurlLine> lines = CurlLine.of("token-endpoint.md");

        assertEquals(4, lines.size());
        lines.forEach(line -> it.assertReportsOnly(send(line, scoped)));
    }

    @Test
    void theErrorOfAnUnfitClientIsTheOneShown() {
        Answer scoped = it.key(Map.of("scopes", List.of("reports")));

        String error = it.realm
                .exchange(scoped.text("key"), Map.of("client_id", "plain"))
                .expect(400)
                .text("error_description");

        String shown = page.substring(page.indexOf("> Client 'app'")).replace("\n> ", " ");
        assertTrue(shown.startsWith("> " + error.replace("'plain'", "'app'")), error);
    }

    private static Answer send(CurlLine line, Answer key) {
        return line.run(Map.of(
                "KEYCLOAK", LatchkeyServer.url(),
                "REALM", it.realm.name(),
                "SECRET", RealmFixture.SECRET,
                "KEY", key.text("key")));
    }
}
