package io.latchkey.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.options.AriaRole;
import io.latchkey.it.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One's own keys, by mouse and by keyboard. */
@ConsoleTest
class AccountKeysBrowserIT {

    private static ConsoleRealm realm;

    private final String person = "person-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void createRealm() {
        realm = ConsoleRealm.create(
                Map.of("latchkey.scopes", "email profile", "latchkey.max-keys", "600", "latchkey.brand", "acme"));
    }

    @BeforeEach
    void openRealm() {
        realm.fixture().user(person);
    }

    @Test
    void aFirstKeyIsMadeWorksAndLeavesNoTrace(BrowserUser browserUser) {
        AccountConsole console = entered(browserUser);
        assertThat(console.marked("empty")).isVisible();
        console.assertAccessible();

        console.marked("create-key").click();
        console.assertAccessible();
        console.field("Name").fill("first");
        console.field("Everything that I may do").check();
        console.marked("create-submit").click();
        String key = console.marked("secret").inputValue();
        assertThat(console.dialog()).containsText(key.substring(0, 10));
        console.assertAccessible();
        console.marked("done").click();

        realm.fixture().exchange(key).expect(200);
        assertThat(console.row("first")).containsText("Active");
        Traces.assertNone(browserUser, console.page(), key);
        console.page().reload();
        assertThat(console.row("first")).isVisible();
        Traces.assertNone(browserUser, console.page(), key);
        assertEquals(List.of(), browserUser.failures());
    }

    @Test
    void everythingGoesByKeyboard(BrowserUser browserUser) {
        AccountConsole console = entered(browserUser);
        console.marked("create-key").focus();
        console.press("Enter");
        assertThat(console.field("Name")).isFocused();
        console.type("typed");
        console.field("Everything that I may do").press("Space");
        console.field("Name").press("Enter");
        assertThat(console.marked("secret")).isFocused();
        console.press("Escape", "Escape");
        assertThat(console.marked("reveal")).isVisible();
        console.marked("done").press("Enter");

        assertThat(console.row("typed")).isVisible();
        console.row("typed").getByRole(AriaRole.BUTTON).focus();
        console.press("Enter", "End");
        assertEquals("Delete", console.focused());
        console.press("Escape");
        assertEquals("Actions for typed", console.focused());
    }

    @Test
    void aKeyIsRenamedDisabledEnabledAndDeleted(BrowserUser browserUser) {
        Answer key = realm.fixture().createKey(person, "old name");
        AccountConsole console = entered(browserUser);
        console.choose("old name", "Edit name");
        console.field("Name").fill("new name");
        console.inDialog("Save").click();
        assertThat(console.row("new name")).containsText("Created now");
        assertThat(console.marked("toast")).isInViewport();

        console.choose("new name", "Disable");
        assertThat(console.row("new name")).containsText("Disabled");
        realm.fixture().exchange(key.text("key")).expect(400);
        console.marked("undo").click();
        assertThat(console.row("new name")).containsText("Active");

        console.choose("new name", "Delete");
        assertEquals("Cancel", console.focused());
        console.assertAccessible();
        console.marked("delete-submit").click();

        assertThat(console.marked("empty")).isVisible();
        assertThat(console.heading()).isFocused();
        realm.fixture().exchange(key.text("key")).expect(400);
    }

    @Test
    void whatAnAdministratorDisabledIsNotOfferedForEnabling(BrowserUser browserUser) {
        Answer key = realm.fixture().createKey(person, "held");
        realm.fixture()
                .master()
                .patch(realm.fixture().adminKeys() + "/" + key.text("id"), Map.of("enabled", false))
                .expect(200);
        AccountConsole console = entered(browserUser);

        assertThat(console.row("held")).containsText("By an administrator");
        console.row("held").getByRole(AriaRole.BUTTON).click();
        assertThat(console.page().getByRole(AriaRole.MENUITEM)).hasText(new String[] {"Edit name", "Delete"});
    }

    @Test
    void aKeyIsRotatedWithAnOverlap(BrowserUser browserUser) {
        Answer old = realm.fixture().createKey(person, "turning");
        AccountConsole console = entered(browserUser);
        console.choose("turning", "Rotate");
        console.assertAccessible();
        console.inDialog("Rotate").click();

        String key = console.marked("secret").inputValue();
        console.marked("done").click();

        assertThat(console.row("turning")).hasCount(2);
        realm.fixture().exchange(old.text("key")).expect(200);
        realm.fixture().exchange(key).expect(200);
        Traces.assertNone(browserUser, console.page(), key);
    }

    @Test
    void fiveHundredKeysAreShownPartByPart(BrowserUser browserUser) {
        realm.keys(person, "many", 500);
        AccountConsole console = entered(browserUser);
        assertThat(console.marked("key-count")).containsText("500 of 600");
        int shown = console.rows().count();

        console.marked("more").click();
        assertThat(console.rows().nth(shown)).isVisible();
        console.our().getByRole(AriaRole.SEARCHBOX).fill("many-499");

        assertThat(console.rows()).hasCount(1);
        assertThat(console.row("many-499")).isVisible();
    }

    @Test
    void nobodySeesTheKeysOfSomebodyElse(BrowserUser browserUser) {
        String other = "other-" + person;
        realm.fixture().user(other);
        Answer key = realm.fixture().createKey(other, "not yours");
        realm.fixture().createKey(person, "yours");
        AccountConsole console = entered(browserUser);

        assertThat(console.row("yours")).isVisible();
        assertThat(console.row("not yours")).hasCount(0);
        String answer = console.fetched(realm.fixture().keys() + "/" + key.text("id"));
        assertEquals("404", answer);
    }

    @Test
    void theAddressCanBeOpenedReloadedAndLeft(BrowserUser browserUser) {
        realm.fixture().createKey(person, "linked");
        AccountConsole console = entered(browserUser);
        console.page().reload();
        assertThat(console.row("linked")).isVisible();

        console.page().locator("nav a.pf-v5-c-nav__link").first().click();
        assertThat(console.our()).hasCount(0);
        console.page().goBack();

        assertThat(console.row("linked")).isVisible();
        AccountConsole second = browserUser.account(realm.name());
        second.open();
        assertThat(second.row("linked")).isVisible();
    }

    private AccountConsole entered(BrowserUser browserUser) {
        AccountConsole console = browserUser.account(realm.name());
        console.enter(person);
        return console;
    }
}
