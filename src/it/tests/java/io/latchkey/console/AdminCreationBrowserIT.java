package io.latchkey.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.options.AriaRole;
import io.latchkey.it.Eventually;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keys that an administrator makes for others, changes, replaces and ends. */
@ConsoleTest
class AdminCreationBrowserIT {

    private static final String CREATE = "Create API key";

    private static ConsoleRealm realm;
    private static String alice;

    @BeforeAll
    static void openRealm() {
        realm = ConsoleRealm.create(Map.of());
        alice = realm.fixture().user("alice");
    }

    @Test
    void aKeyMadeForAPersonWorksAndIsSeenOnce(BrowserUser browserUser) {
        AdminConsole console = entered(browserUser);
        console.button(CREATE).click();
        console.assertAccessible();
        console.field("Username").fill("alice");
        console.field("Name").fill("by mouse");
        console.inDialog("Create").click();

        String key = console.page().getByTestId("secret").inputValue();
        console.assertAccessible();
        console.inDialog("Done, I have saved it").click();

        realm.fixture().exchange(key).expect(200);
        assertThat(console.row("by mouse")).containsText("alice");
        Traces.assertNone(browserUser, console.page(), key);
    }

    @Test
    void aKeyMadeForAMachineWorks(BrowserUser browserUser) {
        AdminConsole console = entered(browserUser);
        console.button(CREATE).click();
        console.field("Type of owner").selectOption("service-account");
        console.field("Client ID").fill("service");
        console.field("Name").fill("machine");
        console.inDialog("Create").click();

        String key = console.page().getByTestId("secret").inputValue();
        console.inDialog("Done, I have saved it").click();

        realm.fixture().exchange(key).expect(200);
        assertThat(console.row("machine")).containsText("service");
    }

    @Test
    void everythingGoesByKeyboard(BrowserUser browserUser) {
        AdminConsole console = entered(browserUser);
        console.button(CREATE).focus();
        console.press("Enter");
        assertEquals("Username", console.focused().replace(" *", ""));
        console.type("alice");
        console.press("Tab");
        console.type("by keyboard");
        console.press("Enter");
        assertThat(console.page().getByTestId("secret")).isFocused();
        console.press("Escape");
        assertThat(console.dialog()).isVisible();
        console.page().getByText("Done, I have saved it").press("Enter");

        assertThat(console.row("by keyboard")).isVisible();
        assertEquals(CREATE, console.focused());
    }

    @Test
    void whatIsWrongStandsAtItsField(BrowserUser browserUser) {
        AdminConsole console = entered(browserUser);
        console.button(CREATE).click();
        console.field("Username").fill("nobody");
        console.field("Name").fill("wrong");
        console.dialog().getByText("Restrictions").click();
        console.field("Allowed addresses").fill("10.0.0.0/99");

        console.inDialog("Create").click();

        assertThat(console.field("Username")).hasAttribute("aria-invalid", "true");
        console.assertAccessible();
        console.field("Username").fill("alice");
        console.inDialog("Create").click();
        assertThat(console.field("Allowed addresses")).hasAttribute("aria-invalid", "true");
        assertEquals(0, realm.count("wrong"));
    }

    @Test
    void settingsAreChanged(BrowserUser browserUser) {
        realm.key("alice", "before");
        AdminConsole console = entered(browserUser);
        console.choose("before", "Edit");
        console.field("Name").fill("after");
        console.field("Expires").selectOption("30");
        console.inDialog("Save").click();

        assertThat(console.row("after")).isVisible();
        assertThat(console.our()).containsText("The key after was saved.");
    }

    @Test
    void aDisabledKeyRestsUntilItIsEnabled(BrowserUser browserUser) {
        String key = realm.key("alice", "resting").text("key");
        AdminConsole console = entered(browserUser);
        console.choose("resting", "Disable");
        assertEquals("Cancel", console.focused());
        console.inDialog("Disable").click();
        assertThat(console.row("resting")).containsText("Disabled");
        realm.fixture().exchange(key).expect(400);

        console.choose("resting", "Enable");
        console.inDialog("Enable").click();

        assertThat(console.row("resting")).containsText("Active");
        realm.fixture().exchange(key).expect(200);
    }

    @Test
    void aRotatedKeyHasASuccessor(BrowserUser browserUser) {
        String old = realm.key("alice", "turning").text("key");
        AdminConsole console = entered(browserUser);
        console.choose("turning", "Rotate");
        console.assertAccessible();
        console.field("The old key works for").selectOption("PT0S");
        console.inDialog("Rotate").click();

        String key = console.page().getByTestId("secret").inputValue();
        console.inDialog("Done, I have saved it").click();

        realm.fixture().exchange(old).expect(400);
        realm.fixture().exchange(key).expect(200);
        Traces.assertNone(browserUser, console.page(), key);
    }

    @Test
    void aKeyInUseIsNamedBeforeItIsRevoked(BrowserUser browserUser) {
        String key = realm.key("alice", "busy").text("key");
        realm.fixture().exchange(key).expect(200);
        // Uses are written behind.
        Eventually.expect(() -> realm.used("busy"));
        AdminConsole console = entered(browserUser);

        console.choose("busy", "Revoke");
        console.assertAccessible();
        assertThat(console.inDialog("Revoke")).isDisabled();
        console.field("Type busy to confirm, for the key is in use").fill("busy");
        console.inDialog("Revoke").click();

        assertThat(console.row("busy")).hasCount(0);
        assertThat(console.heading()).isFocused();
        realm.fixture().exchange(key).expect(400);
    }

    @Test
    void whoMayOnlyLookIsOfferedNothingElse(BrowserUser browserUser) {
        realm.key("alice", "looked at");
        realm.administrator("looker", "view-users", "view-clients", "view-realm");
        AdminConsole console = browserUser.admin(realm.name());
        console.enter("looker");

        assertThat(console.row("looked at")).isVisible();
        assertThat(console.our()).containsText("Your permissions allow you to look");
        assertThat(console.our().getByRole(AriaRole.BUTTON)).hasCount(0);
        console.assertAccessible();
    }

    @Test
    void whoMayOnlySeeUsersSeesTheirKeysThere(BrowserUser browserUser) {
        realm.key("alice", "of one user");
        realm.administrator("userlooker", "view-users");
        AdminConsole console = browserUser.admin(realm.name());
        console.enter("userlooker");
        assertThat(console.our()).containsText("Your permissions do not include the keys of all owners.");

        console.go("/api-keys?user=" + alice);

        assertThat(console.row("of one user")).isVisible();
    }

    @Test
    void noRequestCarriesAKeyButTheAnswer(BrowserUser browserUser) {
        AdminConsole console = entered(browserUser);

        console.button(CREATE).click();
        console.field("Username").fill("alice");
        console.field("Name").fill("quiet");
        console.inDialog("Create").click();
        String key = console.page().getByTestId("secret").inputValue();

        List<String> requests = browserUser.requested();
        assertTrue(requests.stream().noneMatch(request -> request.contains(key)), requests::toString);
    }

    private static AdminConsole entered(BrowserUser browserUser) {
        AdminConsole console = browserUser.admin(realm.name());
        console.enter(ConsoleRealm.BOSS);
        return console;
    }
}
