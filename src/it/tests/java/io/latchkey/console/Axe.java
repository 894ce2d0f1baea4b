package io.latchkey.console;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Deque's rules about what everybody can use, run in the page as it is. */
final class Axe {

    private static final Path SOURCE = Path.of("themes/node_modules/axe-core/axe.min.js");

    private Axe() {}

    /**
     * What is wrong within an element.
     *
     * @param selector of our own part of the page; the rest is Keycloak's
     */
    static List<String> violations(Page page, String selector) {
        if (!(boolean) page.evaluate("() => 'axe' in window")) {
            page.evaluate(source());
        }
        Object found = page.evaluate("""
                async (selector) => {
                  // Colours that fade in are no colours yet; what turns for ever is not waited for.
                  const passing = document.getAnimations().filter((it) => it.effect?.getComputedTiming().endTime < Infinity);
                  await Promise.all(passing.map((animation) => animation.finished.catch(() => {})));
                  const result = await axe.run(selector, { resultTypes: ["violations"] });
                  return result.violations.flatMap((violation) =>
                    violation.nodes.map((node) => `${violation.id}: ${node.target} ${node.failureSummary}`));
                }""", selector);
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    private static String source() {
        try {
            return Files.readString(SOURCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
