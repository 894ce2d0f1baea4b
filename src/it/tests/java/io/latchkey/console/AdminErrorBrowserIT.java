package io.latchkey.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the administrators' page does when something goes wrong around it. */
@ConsoleTest
class AdminErrorBrowserIT {

    private static final String LISTS = "**/admin/realms/*/api-keys?*";

    private static ConsoleRealm realm;

    @BeforeAll
    static void openRealm() {
        realm = ConsoleRealm.create(Map.of());
        realm.fixture().user("alice");
        realm.key("alice", "steady");
    }

    @Test
    void aServerErrorIsSaidAndCanBeTriedAgain(BrowserUser browserUser) {
        AdminConsole console = browserUser.admin(realm.name());
        console.page().route(LISTS, route -> route.fulfill(new Route.FulfillOptions().setStatus(500)));
        console.enter(ConsoleRealm.BOSS);
        assertThat(alert(console)).containsText("500");
        console.assertAccessible();

        console.page().unroute(LISTS);
        console.button("Try again").click();

        assertThat(console.row("steady")).isVisible();
        assertThat(alert(console)).hasCount(0);
    }

    @Test
    void aServerThatIsGoneIsSaid(BrowserUser browserUser) {
        AdminConsole console = browserUser.admin(realm.name());
        console.page().route(LISTS, Route::abort);

        console.enter(ConsoleRealm.BOSS);

        assertThat(alert(console)).containsText("The server cannot be reached.");
    }

    @Test
    void aSlowAnswerIsWaitedFor(BrowserUser browserUser) {
        AdminConsole console = browserUser.admin(realm.name());
        PausedResponse pausedResponse = new PausedResponse();
        console.page().route(LISTS, pausedResponse::hold);
        console.enter(ConsoleRealm.BOSS);
        assertThat(console.our().getByRole(AriaRole.PROGRESSBAR)).isVisible();
        console.assertAccessible();

        pausedResponse.release();

        assertThat(console.row("steady")).isVisible();
        assertThat(console.our().getByRole(AriaRole.PROGRESSBAR)).hasCount(0);
    }

    @Test
    void aSecondClickWhileAnAnswerIsAwaitedMakesNoSecondKey(BrowserUser browserUser) {
        AdminConsole console = browserUser.admin(realm.name());
        console.enter(ConsoleRealm.BOSS);
        console.button("Create API key").click();
        console.field("Username").fill("alice");
        console.field("Name").fill("only one");
        PausedResponse pausedResponse = new PausedResponse();
        console.page().route("**/admin/realms/*/api-keys", pausedResponse::hold);

        console.inDialog("Create").click();
        console.page().waitForCondition(pausedResponse::isHolding);
        console.inDialog("Create").click(new Locator.ClickOptions().setForce(true));
        pausedResponse.release();

        assertThat(console.page().getByTestId("secret")).isVisible();
        assertEquals(1, realm.count("only%20one"));
    }

    @Test
    void aSessionThatEndsInMidDialogLosesNothingThatWasTyped(BrowserUser browserUser) {
        String id = realm.administrator("leaver", "realm-admin");
        AdminConsole console = browserUser.admin(realm.name());
        console.enter("leaver");
        console.button("Create API key").click();
        console.field("Username").fill("alice");
        console.field("Name").fill("typed before");
        realm.signOut(id);

        console.inDialog("Create").click();
        // The console itself goes to the login as soon as its session turns out to be gone.
        console.signIn("leaver");

        assertThat(console.field("Name")).hasValue("typed before");
        assertEquals(0, realm.count("typed"));
        console.inDialog("Create").click();
        assertThat(console.page().getByTestId("secret")).isVisible();
        assertEquals(1, realm.count("typed"));
    }

    @Test
    void theWayBackDoesNotTakeAwayAKeyThatWasJustMade(BrowserUser browserUser) {
        AdminConsole console = browserUser.admin(realm.name());
        console.enter(ConsoleRealm.BOSS);
        console.link("Users").click();
        assertThat(console.our()).isHidden();
        console.link("API keys").click();
        console.button("Create API key").click();
        console.field("Username").fill("alice");
        console.field("Name").fill("kept");
        console.inDialog("Create").click();
        String key = console.marked("secret").inputValue();

        console.stepBack();

        assertThat(console.dialog()).containsText("Have you saved the key?");
        assertThat(console.marked("secret")).hasValue(key);
        console.page().evaluate("() => { location.hash = '#/master/users' }");
        assertThat(console.marked("secret")).hasValue(key);
        console.inDialog("Done, I have saved it").click();
        assertThat(console.row("kept")).isVisible();
        console.page().goBack();
        assertThat(console.our()).isHidden();
    }

    private static Locator alert(AdminConsole console) {
        return console.our().getByRole(AriaRole.ALERT);
    }
}
