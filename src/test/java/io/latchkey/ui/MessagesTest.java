package io.latchkey.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.verify.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every text that a page or Keycloak shows is there in every language, and none is there that nobody shows. */
class MessagesTest {

    @ParameterizedTest
    @EnumSource
    void everyLanguageSaysTheSame(Messages messages) throws IOException {
        Map<String, String> english = messages.in("en");

        for (String language : Messages.LANGUAGES) {
            Map<String, String> texts = messages.in(language);
            assertEquals(english.keySet(), texts.keySet(), language);
            texts.forEach((key, text) -> {
                assertTrue(!text.isBlank(), language + " " + key);
                assertEquals(Messages.values(english.get(key)), Messages.values(text), language + " " + key);
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTextIsShown(Messages messages) throws IOException {
        Set<String> unused = new TreeSet<>(messages.in("en").keySet());
        unused.removeAll(messages.used());

        assertEquals(Set.of(), unused);
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCOUNT", "ADMIN"})
    void everyTextThatAPageShowsIsThere(Messages messages) throws IOException {
        Map<String, String> there = new TreeMap<>(Messages.SHARED.in("en"));
        there.putAll(messages.in("en"));

        Set<String> missing = new TreeSet<>(messages.shown());
        missing.removeAll(there.keySet());

        assertEquals(Set.of(), missing);
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonHasAText(Reason reason) throws IOException {
        String page = Files.readString(Path.of("themes/src/admin/reasons.ts"));

        assertTrue(page.contains("[\"" + reason.code() + "\", "), reason.code());
    }

    @ParameterizedTest
    @EnumSource
    void everyNameIsOurs(Messages messages) throws IOException {
        // Messages of all providers and of Keycloak meet in one place.
        messages.in("en").keySet().forEach(key -> assertTrue(key.startsWith("apiKeys"), key));
    }

    @Test
    void noTextIsInTwoPlaces() throws IOException {
        Set<String> shared = Messages.SHARED.in("en").keySet();

        for (Messages page : new Messages[] {Messages.ACCOUNT, Messages.ADMIN}) {
            Set<String> twice = new TreeSet<>(page.in("en").keySet());
            twice.retainAll(shared);
            assertEquals(Set.of(), twice);
        }
    }
}
