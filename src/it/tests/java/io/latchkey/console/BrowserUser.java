package io.latchkey.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import io.latchkey.it.LatchkeyServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Somebody with a browser of his own: cookies, storage and everything the pages said or asked for. */
final class BrowserUser implements AutoCloseable {

    private final BrowserContext context;
    private final List<String> said = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> requested = new ArrayList<>();

    BrowserUser(Browser browser) {
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(1280, 800)
                .setLocale("en")
                .setBaseURL(LatchkeyServer.url())
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
        context.setDefaultTimeout(Chromium.PATIENCE);
        context.onConsoleMessage(message -> said.add(message.text()));
        context.onWebError(error -> failures.add(error.error()));
        context.onRequest(request -> requested.add(describe(request)));
    }

    /** A tab at the admin console of that realm, before anybody has signed in. */
    AdminConsole admin(String realm) {
        return new AdminConsole(newTab(), realm);
    }

    /** A tab at the account console of that realm, before anybody has signed in. */
    AccountConsole account(String realm) {
        return new AccountConsole(newTab(), realm);
    }

    private Page newTab() {
        Page page = context.newPage();
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        return page;
    }

    BrowserContext context() {
        return context;
    }

    /** What the pages wrote to the console of the browser. */
    List<String> said() {
        return List.copyOf(said);
    }

    /** Errors that no page caught. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Address and headers of every request. */
    List<String> requested() {
        return List.copyOf(requested);
    }

    /** Pictures of all tabs as they were when a test failed. */
    void keepEvidence(String test) {
        List<Page> pages = context.pages();
        for (int i = 0; i < pages.size(); i++) {
            Path picture = LatchkeyServer.folder().resolve("failures").resolve(test + "-" + i + ".png");
            pages.get(i).screenshot(new Page.ScreenshotOptions().setPath(picture));
        }
    }

    @Override
    public void close() {
        context.close();
    }

    private static String describe(Request request) {
        return request.method() + " " + request.url() + " " + request.headers();
    }
}
