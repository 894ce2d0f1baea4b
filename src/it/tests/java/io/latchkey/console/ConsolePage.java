package io.latchkey.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.latchkey.it.LatchkeyServer;
import java.util.List;
import java.util.regex.Pattern;

/** A tab with one of the consoles: what both have in common, in words of whoever looks at it. */
abstract class ConsolePage {

    private final Page page;
    private final String home;

    /** @param home address of our part */
    ConsolePage(Page page, String home) {
        this.page = page;
        this.home = home;
    }

    /** Selector of our own part of the page; the rest is Keycloak's. */
    abstract String ours();

    /** Opens our part and signs in; the password is the name. */
    void enter(String username) {
        open();
        signIn(username);
        assertThat(heading()).isVisible();
    }

    /** Opens our part by its address. */
    void open() {
        page.navigate(home);
    }

    void signIn(String username) {
        page.locator("#username").fill(username);
        page.locator("#password").fill(username);
        page.locator("#kc-login").click();
    }

    Page page() {
        return page;
    }

    String home() {
        return home;
    }

    Locator our() {
        return page.locator(ours());
    }

    Locator heading() {
        return our().getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setLevel(1));
    }

    Locator button(String name) {
        return our().getByRole(AriaRole.BUTTON, named(name)).first();
    }

    Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** A field by its label, in the dialog if one is open. */
    Locator field(String label) {
        return scope().getByLabel(exactly(label));
    }

    /** The open dialog. */
    Locator dialog() {
        return page.locator("dialog[open]");
    }

    Locator inDialog(String button) {
        return dialog().getByRole(AriaRole.BUTTON, named(button));
    }

    /** Rows of our table, without its head. */
    Locator rows() {
        return our().locator("table tbody tr");
    }

    /** The row of that key. */
    Locator row(String name) {
        return rows().filter(new Locator.FilterOptions()
                .setHas(page.getByRole(AriaRole.ROWHEADER)
                        .filter(new Locator.FilterOptions().setHasText(exactly(name)))));
    }

    /** Opens the menu of a row and takes an entry of it. */
    void choose(String name, String action) {
        row(name).getByRole(AriaRole.BUTTON, named("Actions for " + name)).click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(action))
                .click();
    }

    void press(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    /** Without waiting for where that leads, if anywhere. */
    void stepBack() {
        page.evaluate("() => history.back()");
    }

    void type(String text) {
        page.keyboard().type(text);
    }

    /** Text or label of whatever has the focus. */
    String focused() {
        return (String) page.evaluate("""
                () => {
                  const element = document.activeElement;
                  return element.getAttribute("aria-label") ?? element.labels?.[0]?.innerText.trim() ?? element.innerText.trim();
                }""");
    }

    void appear(ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    }

    /** What is seen now is of use to everybody, in light and dark. */
    void assertAccessible() {
        String part = dialog().count() > 0 ? "dialog[open]" : ours();
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            appear(scheme);
            assertEquals(List.of(), Axe.violations(page, part), () -> scheme + " " + page.url());
        }
    }

    /** As far as a window of that size shows it. */
    void resize(int width, int height) {
        page.setViewportSize(width, height);
    }

    /** Nothing of ours is cut off or has to be scrolled to sideways, except for lines of code and fields within themselves. */
    void assertFits() {
        String part = dialog().count() > 0 ? "dialog[open]" : ours();
        Object outside = page.evaluate("""
                (selector) => [...document.querySelectorAll(selector + " *")]
                  .filter((it) => it.checkVisibility() && !it.closest("pre, .ak-hidden, .pf-v5-screen-reader"))
                  .filter((it) => {
                    const { left, right } = it.getBoundingClientRect();
                    return left < -1 || right > innerWidth + 1;
                  })
                  .map((it) => it.outerHTML.slice(0, 150))""", part);
        assertEquals(List.of(), outside, () -> page.viewportSize().width + " " + page.url());
    }

    /** Cells whose text runs into the cell beside them. */
    Object spilling() {
        return page.evaluate("""
                (selector) => [...document.querySelectorAll(selector + " tbody :is(th, td)")]
                  .filter((it) => it.scrollWidth > it.clientWidth + 1)
                  .map((it) => it.outerHTML.slice(0, 150))""", ours());
    }

    /** A picture of what is seen now, into {@code pictures} beside the other things a run leaves behind. */
    void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(LatchkeyServer.folder().resolve("pictures").resolve(name + ".png")));
    }

    /** Something by the name that tests know it by, whatever language the page speaks. */
    Locator marked(String testId) {
        return page.getByTestId(testId);
    }

    private Locator scope() {
        return dialog().count() > 0 ? dialog() : our();
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Pattern exactly(String text) {
        // For the browser, whose patterns know no quotation; the star marks what is required.
        String literal = text.replaceAll("[^\\w\\s]", "\\\\$0");
        return Pattern.compile("^\\s*" + literal + "\\s*\\*?\\s*$");
    }
}
