package io.latchkey.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;

/** A tab with the account console of a realm. */
final class AccountConsole extends ConsolePage {

    private final String realm;

    AccountConsole(Page page, String realm) {
        super(page, "/realms/" + realm + "/account/content/api-keys");
        this.realm = realm;
    }

    @Override
    String ours() {
        return "[data-testid=api-keys]";
    }

    /** The console's own first page. */
    void enterStock(String username) {
        page().navigate("/realms/" + realm + "/account/");
        signIn(username);
        assertThat(page().locator("nav a.pf-v5-c-nav__link").first()).isVisible();
    }

    /** Labels of the menu at the side with all groups open, ours among them where it is. */
    List<String> menu() {
        openMenu();
        return page().locator("nav a.pf-v5-c-nav__link").allInnerTexts();
    }

    /** All groups of the menu at the side. */
    void openMenu() {
        var closed = page().locator("nav button.pf-v5-c-nav__link[aria-expanded=false]");
        while (closed.count() > 0) {
            closed.first().click();
        }
    }

    /** Status of what the server says to whoever is signed in here, with the very token of this page. */
    String fetched(String path) {
        String token = page().waitForRequest(
                        request -> request.headers().containsKey("authorization"), () -> page().reload())
                .headers()
                .get("authorization");
        return String.valueOf(page().evaluate("""
                ([path, token]) => fetch(path, { headers: { authorization: token } }).then((answer) => answer.status)""", List.of(path, token)));
    }
}
