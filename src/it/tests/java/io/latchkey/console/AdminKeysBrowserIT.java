package io.latchkey.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.options.AriaRole;
import io.latchkey.it.RealmSetup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The keys of a realm as its administrator sees them. */
@ConsoleTest
class AdminKeysBrowserIT {

    private static final int MANY = 500;

    private static ConsoleRealm realm;
    private static String alice;

    @BeforeAll
    static void openRealm() {
        realm = ConsoleRealm.create(Map.of("latchkey.max-keys", "1000"));
        alice = realm.fixture().user("alice");
        realm.fixture().user("bob");
        realm.keys("bob", "many", MANY);
        realm.key("alice", "deploy");
    }

    @Test
    void fiveHundredKeysAreReadPageByPage(BrowserUser browserUser) {
        int all = realm.count("");
        AdminConsole console = entered(browserUser);
        assertThat(console.our()).containsText("1 to 20 of " + all);
        assertThat(console.rows()).hasCount(20);

        console.button("Next").click();
        assertThat(console.our()).containsText("21 to 40 of " + all);
        console.button("Last").click();

        assertThat(console.our()).containsText("501 to " + all + " of " + all);
        assertThat(console.button("Next")).isDisabled();
        assertThat(console.row("many-1")).isVisible();
    }

    @Test
    void aSearchFindsOneOfManyKeys(BrowserUser browserUser) {
        AdminConsole console = entered(browserUser);

        console.field("Name or key").fill("many-321");

        assertThat(console.rows()).hasCount(1);
        assertThat(console.row("many-321")).containsText("bob");
    }

    @Test
    void filtersNarrowTheList(BrowserUser browserUser) {
        AdminConsole console = entered(browserUser);

        console.field("Owner").fill("alice");
        assertThat(console.row("deploy")).isVisible();
        assertThat(console.rows()).hasCount(1);
        console.field("Status").selectOption("disabled");

        assertThat(console.our()).containsText("No API key fits the filters.");
        console.field("Owner").fill("nobody at all");
        assertThat(console.our()).containsText("There is no such user or client.");
    }

    @Test
    void thePageHasAnAddressThatCanBeOpenedReloadedAndLeft(BrowserUser browserUser) {
        AdminConsole console = entered(browserUser);
        console.field("Name or key").fill("deploy");
        console.link("deploy").click();
        assertThat(console.our().getByText("Use in the last 30 days")).isVisible();
        String deep = console.page().url();

        console.page().goBack();
        assertThat(console.rows()).hasCount(20);
        console.page().goForward();
        assertThat(console.our().getByText("Key ID")).isVisible();
        // Last, for the console signs in anew and leaves that in the history.
        console.page().reload();
        assertThat(console.our().getByText("Key ID")).isVisible();

        AdminConsole another = browserUser.admin(realm.name());
        another.page().navigate(deep);
        assertThat(another.our().getByText("Key ID")).isVisible();
        assertEquals(List.of(), browserUser.failures());
    }

    @Test
    void theConsolesOwnPagesComeBack(BrowserUser browserUser) {
        AdminConsole console = entered(browserUser);

        console.link("Users").click();
        assertThat(console.page().getByText("alice@example.org")).isVisible();
        assertThat(console.our()).isHidden();
        console.link("API keys").click();

        assertThat(console.heading()).isVisible();
        assertThat(console.page().getByText("alice@example.org")).isHidden();
    }

    @Test
    void aUserHasATabWithTheKeysOfThatUser(BrowserUser browserUser) {
        AdminConsole console = entered(browserUser);
        console.go("/users/" + alice + "/settings");
        assertThat(console.ownerTab()).isVisible();
        console.assertTabsAccessible();

        console.ownerTab().click();

        assertThat(console.heading()).hasText("API keys of alice");
        assertThat(console.rows()).hasCount(1);
        assertThat(console.row("deploy")).isVisible();
        console.link("Back to alice").click();
        assertThat(console.ownerTab()).isVisible();
    }

    @Test
    void aServiceAccountHasATabWithItsKeys(BrowserUser browserUser) {
        String path = new RealmSetup(realm.fixture()).clientPath("service");
        AdminConsole console = entered(browserUser);
        console.go(path.substring(path.indexOf("/clients/")) + "/settings");
        console.ownerTab().click();
        assertThat(console.heading()).hasText("API keys of service");

        console.button("Create API key").click();
        console.field("Name").fill("nightly");
        console.inDialog("Create").click();
        String key = console.marked("secret").inputValue();
        console.inDialog("Done, I have saved it").click();

        assertThat(console.row("nightly")).isVisible();
        assertThat(console.rows()).hasCount(1);
        realm.fixture().exchange(key).expect(200);
        console.link("Back to service").click();
        assertThat(console.ownerTab()).isVisible();
    }

    @Test
    void everythingAboutOneKeyIsSaid(BrowserUser browserUser) {
        realm.fixture().exchange(realm.key("bob", "watched").text("key")).expect(200);
        AdminConsole console = entered(browserUser);
        console.field("Name or key").fill("watched");
        console.link("watched").click();

        assertThat(console.our().locator("dl")).containsText("Not restricted");
        assertThat(console.our().locator("dl")).containsText("bob");
        assertThat(console.our().getByRole(AriaRole.IMG)).isVisible();
        console.assertAccessible();
    }

    @Test
    void theKeysOfAFilterAreRevokedTogether(BrowserUser browserUser) {
        realm.keys("alice", "leaked", 3);
        AdminConsole console = entered(browserUser);
        console.field("Name or key").fill("leaked");
        assertThat(console.rows()).hasCount(3);

        console.button("Revoke all 3 keys").click();
        assertThat(console.inDialog("Revoke")).isDisabled();
        console.assertAccessible();
        console.field("Type 3 to confirm").fill("3");
        console.inDialog("Revoke").click();

        assertThat(console.our()).containsText("3 keys are revoked.");
        assertThat(console.our()).containsText("No API key fits the filters.");
        assertEquals(0, realm.count("leaked"));
        assertTrue(realm.count("many") == MANY, "the others are still there");
    }

    @Test
    void twoTabsDoNotDisturbEachOther(BrowserUser browserUser) {
        realm.key("alice", "shared");
        AdminConsole one = entered(browserUser);
        AdminConsole two = browserUser.admin(realm.name());
        two.open();
        for (AdminConsole console : List.of(one, two)) {
            console.field("Name or key").fill("shared");
            assertThat(console.rows()).hasCount(1);
        }
        one.choose("shared", "Revoke");
        one.inDialog("Revoke").click();
        assertThat(one.our()).containsText("No API key fits the filters.");

        two.choose("shared", "Disable");
        two.inDialog("Disable").click();

        assertThat(two.dialog().getByRole(AriaRole.ALERT)).isVisible();
    }

    private static AdminConsole entered(BrowserUser browserUser) {
        AdminConsole console = browserUser.admin(realm.name());
        console.enter(ConsoleRealm.BOSS);
        return console;
    }
}
