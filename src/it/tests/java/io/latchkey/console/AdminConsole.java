package io.latchkey.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;

/** A tab with the admin console of a realm, for administrators of that realm. */
final class AdminConsole extends ConsolePage {

    private static final String OWNER_TABS = "ul:has([data-testid=user-details-tab], [data-testid=clientSettingsTab])";

    private final String realm;

    AdminConsole(Page page, String realm) {
        super(page, "/admin/" + realm + "/console/#/" + realm + "/api-keys");
        this.realm = realm;
    }

    @Override
    String ours() {
        return "#latchkey";
    }

    /** Another place of the console, without loading it anew. */
    void go(String place) {
        page().evaluate("(place) => { location.hash = place; }", "#/" + realm + place);
    }

    /** The console's own first page. */
    void enterStock(String username) {
        page().navigate("/admin/" + realm + "/console/");
        signIn(username);
        assertThat(page().locator("#nav-item-users")).isVisible();
    }

    /** Labels of the menu at the side, ours among them where it is. */
    List<String> menu() {
        assertThat(page().locator("#nav-item-realm-settings")).isVisible();
        return page().locator("nav a.pf-v5-c-nav__link").allInnerTexts();
    }

    /** Ours has to fit what a list of tabs may hold. */
    void assertTabsAccessible() {
        assertEquals(List.of(), Axe.violations(page(), OWNER_TABS));
    }

    /** Ours among the tabs of the user or client whose page is open. */
    Locator ownerTab() {
        return page().locator(OWNER_TABS)
                .getByRole(
                        AriaRole.TAB,
                        new Locator.GetByRoleOptions().setName("API keys").setExact(true));
    }

    Locator tab(String name) {
        return our().getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
