package io.latchkey.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.latchkey.it.Eventually;
import io.latchkey.it.RealmFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pictures of the documentation; {@code src/docs/console-development.md} describes how to renew them. */
@ConsoleTest
class PicturesBrowserIT {

    private ConsoleRealm realm;

    @BeforeEach
    void openShop() {
        realm = ConsoleRealm.create(Map.of("latchkey.brand", "acme", "latchkey.env", "live"));
        realm.set(Map.of("displayName", "Acme"));
        RealmFixture fixture = realm.fixture();
        fixture.user("alice");
        fixture.user("bob");
        key("alice", "user", "laptop", Map.of());
        key("bob", "user", "backup", Map.of("enabled", false));
        key("service", "service-account", "nightly export", Map.of("expiresAt", in(Duration.ofDays(5))));
        String deploy = key("alice", "user", "deploy", Map.of("description", "The build server"));
        for (int i = 0; i < 12; i++) {
            fixture.exchange(deploy).expect(200);
        }
        // Uses are written behind.
        Eventually.expect(() -> realm.used("deploy"));
    }

    @Test
    void theAccountConsole(BrowserUser browserUser) {
        AccountConsole console = browserUser.account(realm.name());
        console.enter("alice");
        assertThat(console.row("laptop")).isVisible();
        console.picture("account-keys");
        console.appear(ColorScheme.DARK);
        console.picture("account-keys-dark");
        console.appear(ColorScheme.LIGHT);

        console.marked("create-key").click();
        console.field("Name").fill("new laptop");
        console.marked("create-submit").click();
        assertThat(console.marked("secret")).isVisible();
        console.picture("account-reveal");
    }

    @Test
    void theAdminConsole(BrowserUser browserUser) {
        AdminConsole console = browserUser.admin(realm.name());
        console.enter(ConsoleRealm.BOSS);
        assertThat(console.row("nightly export")).isVisible();
        console.picture("admin-keys");
        console.appear(ColorScheme.DARK);
        console.picture("admin-keys-dark");
        console.appear(ColorScheme.LIGHT);

        console.tab("Policy").click();
        assertThat(console.field("Brand")).hasValue("acme");
        console.picture("admin-policy");
        console.tab("Keys").click();
        console.link("deploy").click();
        assertThat(console.our().getByText("Key ID")).isVisible();
        console.picture("admin-key");
    }

    /** Answers with the key itself. */
    private String key(String owner, String type, String name, Map<String, Object> more) {
        Map<String, Object> key = new LinkedHashMap<>(more);
        key.put("name", name);
        key.put("owner", Map.of("type", type, "name", owner));
        RealmFixture fixture = realm.fixture();
        return fixture.master().post(fixture.adminKeys(), key).expect(201).text("key");
    }

    private static String in(Duration time) {
        return Instant.now().plus(time).toString();
    }
}
