package io.latchkey.console;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Page;

/** Places where a secret could have been left behind. */
final class Traces {

    // Enough of it to be no chance, so that a part of it is found as well.
    private static final int PART = 12;

    private Traces() {}

    static void assertNone(BrowserUser browserUser, Page page, String key) {
        String part = key.substring(key.length() - 38, key.length() - 38 + PART);
        assertFalse(page.url().contains(part), "in the address");
        assertFalse(browserUser.said().toString().contains(part), "on the console of the browser");
        assertFalse(browserUser.requested().toString().contains(part), "in a request");
        assertFalse(browserUser.context().storageState().contains(part), "in cookies or local storage");
        assertFalse(kept(page).contains(part), "in the page, its fields, its history or its session storage");
    }

    private static String kept(Page page) {
        return (String) page.evaluate("""
                () => JSON.stringify([
                  document.documentElement.outerHTML,
                  [...document.querySelectorAll("input, textarea")].map((field) => field.value),
                  history.state,
                  { ...sessionStorage },
                  { ...localStorage },
                  performance.getEntries().map((entry) => entry.name),
                ])""");
    }
}
