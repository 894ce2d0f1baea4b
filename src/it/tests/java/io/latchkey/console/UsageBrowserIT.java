package io.latchkey.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.latchkey.it.Eventually;
import io.latchkey.it.NeedsCredits;
import io.latchkey.it.PaidRealm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people have left, and what their keys were used for, in both consoles. */
@NeedsCredits
@ConsoleTest
class UsageBrowserIT {

    private static ConsoleRealm realm;
    private static String alice;

    @BeforeAll
    static void openRealm() {
        realm = ConsoleRealm.create(Map.of());
        alice = realm.fixture().user("alice");
        String key = realm.fixture().createKey("alice", "paying").text("key");
        PaidRealm paid = new PaidRealm(realm.fixture());
        paid.api("rest-api", "0.5");
        paid.allow("alice", "rest-api", 1000, "month").expect(200);
        paid.verify("rest-api", key, Map.of("settle", true));
        paid.verify("rest-api", key, Map.of("cost", 0.250001, "settle", true));
        realm.fixture().exchange(key).expect(200);
        Eventually.expect(() -> figure("accepted") == 3 && figure("settled") == 2);
    }

    @Test
    void peopleSeeWhatTheyHaveLeft(BrowserUser browserUser) {
        AccountConsole console = browserUser.account(realm.name());
        console.enter("alice");

        assertThat(console.row("paying").getByRole(AriaRole.IMG))
                .hasAttribute("aria-label", "Uses in the last 30 days: 3");
        assertThat(console.row("rest-api")).containsText("999.249999 of 1,000");
        console.assertAccessible();
        console.resize(360, 640);
        console.assertFits();
        assertEquals(List.of(), browserUser.failures());
    }

    @Test
    void administratorsSeeItOfEachUser(BrowserUser browserUser) {
        AdminConsole console = browserUser.admin(realm.name());
        console.enter(ConsoleRealm.BOSS);
        console.go("/users/" + alice + "/settings");
        console.ownerTab().click();

        assertThat(console.our().getByText("999.249999 of 1,000")).isVisible();
        Locator chart = console.marked("usage").getByRole(AriaRole.IMG);
        assertThat(chart).hasAttribute("aria-label", "Uses in the last 30 days: 3");
        assertThat(console.marked("usage")).containsText("0.750001");
        console.assertAccessible();
        console.link("paying").click();
        assertThat(console.our().getByText("Key ID")).isVisible();
        assertThat(chart).hasAttribute("aria-label", "Uses in the last 30 days: 3");
        console.assertAccessible();
        assertEquals(List.of(), browserUser.failures());
    }

    private static int figure(String name) {
        return realm.fixture()
                .master()
                .get(realm.fixture().adminKeys() + "/usage?by=none&grain=day")
                .expect(200)
                .json()
                .at("/0/" + name)
                .asInt();
    }
}
