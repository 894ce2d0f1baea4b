package io.latchkey.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.latchkey.it.Resources;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's own Chromium, driven by the machine's own Node.js: nothing is downloaded. */
public final class Chromium implements AutoCloseable {

    /** Milliseconds; longer than any answer of a busy server takes. */
    static final double PATIENCE = 15_000;

    private static final String REQUIRED = "required";
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private static Chromium shared;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Whether tests have to fail where there is none. */
    public static boolean isRequired() {
        return REQUIRED.equals(setting());
    }

    public static Optional<Path> find() {
        Path named = Path.of(setting());
        return Files.isExecutable(named) ? Optional.of(named) : onPath(NAMES);
    }

    public static Optional<Path> node() {
        return onPath("node");
    }

    /** A program that is installed on this machine. */
    static Optional<Path> onPath(String name) {
        return onPath(List.of(name));
    }

    /** The one that all classes share. */
    public static synchronized Chromium ofRun() {
        if (shared == null) {
            shared = Resources.ofRun(launch());
        }
        return shared;
    }

    private static Chromium launch() {
        Path node = node().orElseThrow(() -> new AssertionError("No node on the path"));
        Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_NODEJS_PATH", node.toString(), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Path chromium = find().orElseThrow(() -> new AssertionError("No Chromium on the path"));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        // As root, as in most containers, it starts no other way.
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        return new Chromium(playwright, browser);
    }

    public Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static Optional<Path> onPath(List<String> names) {
        List<String> folders = List.of(System.getenv("PATH").split(File.pathSeparator));
        return names.stream()
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String setting() {
        return Stream.ofNullable(System.getProperty("latchkey.chromium"))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse("optional");
    }
}
