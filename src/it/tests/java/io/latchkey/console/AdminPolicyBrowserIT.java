package io.latchkey.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.RealmSetup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of a realm, and its plans, as its administrator sees them. */
@ConsoleTest
class AdminPolicyBrowserIT {

    private ConsoleRealm realm;

    @BeforeEach
    void createRealm() {
        realm = ConsoleRealm.create(Map.of());
    }

    @Test
    void aPolicyIsReadChangedAndKept(BrowserUser browserUser) {
        AdminConsole console = policy(browserUser, ConsoleRealm.BOSS);
        assertThat(console.field("Brand")).hasValue("test");
        assertThat(console.button("Save")).isDisabled();
        console.assertAccessible();

        console.field("Most keys").fill("25");
        console.field("Scopes").fill("email profile");
        console.field("Publishable keys, for web pages").check();
        console.field("Addresses required").check();
        console.button("Save").click();

        assertThat(console.marked("toast")).containsText("The policy is saved.");
        assertThat(console.marked("toast")).isInViewport();
        console.assertAccessible();
        Answer policy = realm.fixture().master().get(realm.fixture().adminKeys() + "/policy");
        assertEquals(25, policy.json().path("maxKeys").asInt());
        assertEquals("[\"email\",\"profile\"]", policy.json().path("scopes").toString());
        assertEquals("[\"secret\",\"publishable\"]", policy.json().path("kinds").toString());
        assertEquals("true", policy.text("requireIp"));
        assertEquals("test", policy.text("brand"));
    }

    @Test
    void everyWrongValueIsNamedAtItsField(BrowserUser browserUser) {
        AdminConsole console = policy(browserUser, ConsoleRealm.BOSS);
        console.field("Most keys").fill("plenty");
        console.field("Brand").fill("Acme!");
        console.field("Longest lifetime").fill("a year");
        console.field("Client").fill("no such client");
        console.button("Save").click();

        assertThat(console.field("Most keys")).isFocused();
        for (String field : List.of("Most keys", "Brand", "Longest lifetime")) {
            assertThat(console.field(field)).hasAttribute("aria-invalid", "true");
        }
        assertThat(console.our()).containsText("must be a whole number from 0 to 10000");
        console.assertAccessible();
        console.button("Revert").click();
        assertThat(console.field("Brand")).hasValue("test");
    }

    @Test
    void editsOutliveASessionThatEnds(BrowserUser browserUser) {
        String id = realm.administrator("leaver", "realm-admin");
        AdminConsole console = policy(browserUser, "leaver");
        console.field("Most keys").fill("25");
        realm.signOut(id);

        console.button("Save").click();
        // The console itself goes to the login as soon as its session turns out to be gone.
        console.signIn("leaver");

        assertThat(console.field("Most keys")).hasValue("25");
        console.button("Save").click();
        assertThat(console.marked("toast")).isInViewport();
        console.page().reload();
        assertThat(console.field("Most keys")).hasValue("25");
        assertThat(console.button("Save")).isDisabled();
    }

    @Test
    void wrongAttributesAreReportedUntilThePolicyIsSaved(BrowserUser browserUser) {
        realm.set(Map.of("attributes", Map.of("latchkey.max-keys", "many", "latchkey.brand", "test")));

        AdminConsole console = policy(browserUser, ConsoleRealm.BOSS);

        Locator warnings = console.page().getByTestId("alert-warning");
        assertThat(warnings.filter(new Locator.FilterOptions().setHasText("Invalid values")))
                .containsText("latchkey.max-keys");
        // The update has dropped the other attributes.
        assertThat(warnings).hasCount(2);
        assertThat(console.field("Most keys")).hasValue("0");
        console.assertAccessible();
        console.button("Save").click();

        assertThat(console.marked("toast")).isInViewport();
        assertThat(console.page().getByTestId("alert-warning")).hasCount(0);
        assertThat(console.button("Save")).isDisabled();
    }

    @Test
    void whoMayOnlyLookChangesNothing(BrowserUser browserUser) {
        realm.administrator("looker", "view-users", "view-clients", "view-realm");

        AdminConsole console = policy(browserUser, "looker");

        assertThat(console.field("Brand")).not().isEditable();
        assertThat(console.field("Creation")).isDisabled();
        assertThat(console.our().getByRole(AriaRole.BUTTON)).hasCount(0);
        console.assertAccessible();
    }

    @Test
    void plansAreShown(BrowserUser browserUser) {
        String owner = realm.fixture().user("planned");
        new RealmSetup(realm.fixture())
                .giveRealmRole(
                        owner,
                        "pro",
                        Map.of("latchkey.max-keys", List.of("50"), "latchkey.max-lifetime", List.of("forever")));
        AdminConsole console = policy(browserUser, ConsoleRealm.BOSS);

        console.tab("Plans").click();

        assertThat(console.row("pro")).containsText("50");
        assertThat(console.row("pro")).containsText("latchkey.max-lifetime");
        console.assertAccessible();
    }

    private AdminConsole policy(BrowserUser browserUser, String administrator) {
        AdminConsole console = browserUser.admin(realm.name());
        console.enter(administrator);
        console.tab("Policy").click();
        assertThat(console.field("Brand")).isVisible();
        return console;
    }
}
