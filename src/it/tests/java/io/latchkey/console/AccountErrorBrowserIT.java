package io.latchkey.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the page of the account console does when something goes wrong around it, or is not allowed. */
@ConsoleTest
class AccountErrorBrowserIT {

    private static final String LISTS = "**/realms/*/api-keys?*";

    private static final Page.RouteOptions ONCE = new Page.RouteOptions().setTimes(1);

    private static ConsoleRealm realm;

    private final String person = "person-" + UUID.randomUUID().toString().substring(0, 8);
    private String id;

    @BeforeAll
    static void createRealm() {
        realm = ConsoleRealm.create(Map.of());
    }

    @BeforeEach
    void openRealm() {
        id = realm.fixture().user(person);
        realm.fixture().createKey(person, "steady");
    }

    @Test
    void aServerErrorIsSaidAndCanBeTriedAgain(BrowserUser browserUser) {
        AccountConsole console = browserUser.account(realm.name());
        console.page().route(LISTS, route -> route.fulfill(new Route.FulfillOptions().setStatus(500)));
        console.enter(person);
        assertThat(console.our().getByRole(AriaRole.ALERT)).containsText("500");
        console.assertAccessible();

        console.page().unroute(LISTS);
        console.marked("retry").click();

        assertThat(console.row("steady")).isVisible();
    }

    @Test
    void aSlowAnswerIsWaitedFor(BrowserUser browserUser) {
        AccountConsole console = browserUser.account(realm.name());
        PausedResponse pausedResponse = new PausedResponse();
        console.page().route(LISTS, pausedResponse::hold);
        console.enter(person);
        assertThat(console.our().getByRole(AriaRole.PROGRESSBAR)).isVisible();
        console.assertAccessible();

        pausedResponse.release();

        assertThat(console.row("steady")).isVisible();
    }

    @Test
    void aSessionThatEndsInMidDialogLosesNothingThatWasTyped(BrowserUser browserUser) {
        AccountConsole console = browserUser.account(realm.name());
        console.enter(person);
        console.marked("create-key").click();
        console.field("Name").fill("typed before");
        realm.signOut(id);

        console.marked("create-submit").click();
        // The console itself goes to the login as soon as its session turns out to be gone.
        console.signIn(person);

        assertThat(console.field("Name")).hasValue("typed before");
        console.marked("create-submit").click();
        assertThat(console.marked("secret")).isVisible();
        assertEquals(1, realm.count("typed"));
    }

    @Test
    void theWayBackDoesNotTakeAwayAKeyThatWasJustMade(BrowserUser browserUser) {
        AccountConsole console = browserUser.account(realm.name());
        console.enter(person);
        console.page().locator("nav a.pf-v5-c-nav__link").first().click();
        assertThat(console.our()).hasCount(0);
        console.openMenu();
        console.link("API keys").click();
        console.marked("create-key").click();
        console.field("Name").fill("kept");
        console.marked("create-submit").click();
        String key = console.marked("secret").inputValue();

        console.stepBack();

        assertThat(console.dialog()).containsText("Have you saved the key?");
        assertThat(console.marked("secret")).hasValue(key);
        console.marked("done").click();
        assertThat(console.row("kept")).isVisible();
        Traces.assertNone(browserUser, console.page(), key);
        console.page().goBack();
        assertThat(console.our()).hasCount(0);
    }

    @Test
    void anotherTabSeesAtTheNextLookWhatThisOneDid(BrowserUser browserUser) {
        AccountConsole one = browserUser.account(realm.name());
        one.enter(person);
        AccountConsole two = browserUser.account(realm.name());
        two.open();
        assertThat(two.row("steady")).isVisible();

        one.choose("steady", "Delete");
        one.marked("delete-submit").click();
        assertThat(one.marked("empty")).isVisible();
        two.page().reload();

        assertThat(two.marked("empty")).isVisible();
    }

    @Test
    void whoNeedsAPlanIsToldWhereToGetOne(BrowserUser browserUser) {
        try (ConsoleRealm plans = ConsoleRealm.create(
                Map.of("latchkey.creation", "plan", "latchkey.upgrade-url", "https://example.org/plans"))) {
            plans.fixture().user("free");
            AccountConsole console = browserUser.account(plans.name());
            console.enter("free");

            assertThat(console.marked("upgrade")).hasAttribute("href", "https://example.org/plans");
            assertThat(console.marked("create-key")).hasCount(0);
            console.assertAccessible();
        }
    }

    @Test
    void anOldLoginHasToBeRenewedFirst(BrowserUser browserUser) {
        try (ConsoleRealm strict = ConsoleRealm.create(Map.of("latchkey.reauth-age", "PT10M"))) {
            strict.fixture().user("late");
            AccountConsole console = browserUser.account(strict.name());
            console.enter("late");
            // What the server says to logins older than that; nobody has to wait for one here.
            console.page().route("**/realms/*/api-keys", AccountErrorBrowserIT::tooOld, ONCE);
            console.marked("create-key").click();
            console.field("Name").fill("renewed");
            console.marked("create-submit").click();
            console.marked("sign-in-again").click();
            console.page().locator("#password").fill("late");
            console.page().locator("#kc-login").click();

            assertThat(console.field("Name")).hasValue("renewed");
            console.marked("create-submit").click();
            assertThat(console.marked("secret")).isVisible();
        }
    }

    private static void tooOld(Route route) {
        route.fulfill(
                new Route.FulfillOptions()
                        .setStatus(403)
                        .setContentType("application/problem+json")
                        .setBody(
                                "{\"type\":\"https://latchkey.io/problems/reauthentication-required\",\"detail\":\"Too old\"}"));
    }
}
