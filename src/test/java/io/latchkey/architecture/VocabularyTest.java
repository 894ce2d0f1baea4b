package io.latchkey.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps words out that the glossary of {@code src/docs/architecture.md} has replaced. */
class VocabularyTest {

    /** Files and folders that are clean. */
    private static final List<String> CLEAN = List.of(
            "README.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "docker",
            "src/docs",
            "src/bench",
            "src/main",
            "src/credits/src/main",
            "themes/src");

    /** Each as a regular expression for a whole word, in any case. */
    private static final List<String> REPLACED = List.of(
            // prose without an actor, or about persons that are none
            "whoever",
            "nobody",
            "somebody",
            "anybody",
            "what becomes of",
            "told",
            "hears?",
            "heard of",
            "as ever",
            // requests and responses
            "(front )?doors?",
            "rooms?",
            "standins?",
            "inquir(y|ies)",
            "verdicts?",
            "passages?",
            "(given?|answered|said|repeated) again",
            "the same (answer|token) again",
            "beside",
            // credits
            "purses?",
            "wallets?",
            "tills?",
            "loans?",
            "lends?",
            "borrow(s|ed|ing)?",
            "set aside",
            "standing orders?",
            "desks?",
            // classes
            "KeyLimits",
            "KeyDesk",
            "KeyMint",
            "KeyAdoption",
            "KeyEditing",
            "KeyDraft",
            "LeaseBook",
            "OpenCalls",
            "NodeCredits",
            "NodeDuties",
            "CreditTerms",
            "RepeatedAnswers",
            "NodeMemory",
            "AnswerKeeper",
            "OpenQuestion",
            "QuestionHash",
            "PassageAgain",
            "KeyBearer",
            "GatewayPrice",
            "MoreCalls",
            "RateNews",
            "RateSharing",
            "WhenFull",
            "CallBucket",
            "WrongKeyLimiter",
            "OwnTransaction",
            "OneAtATime",
            "KeyTokenStamp",
            "KeyTokenReach",
            "FreshTokens",
            "AskedAudiences",
            "RealmGate",
            "KeyWork",
            "CallerTerms",
            "StricterReading");

    private static final Pattern WORDS =
            Pattern.compile("\\b(" + String.join("|", REPLACED) + ")\\b", Pattern.CASE_INSENSITIVE);

    @ParameterizedTest
    @CsvSource({"a front door, front door", "Whoever asks, Whoever", "a KeyDesk, KeyDesk"})
    void findsAReplacedWord(String line, String word) {
        assertEquals(List.of(word), found(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"an outdoors endpoint", "a mushroom", "besides", "until"})
    void letsOtherWordsPass(String line) {
        assertTrue(found(line).isEmpty());
    }

    @Test
    void usesNoReplacedWord() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String clean : CLEAN) {
            try (Stream<Path> below = Files.walk(Path.of(clean))) {
                below.filter(file ->
                                file.toString().matches(".*\\.(md|yaml|java|tsx?|properties|lua|conf|cfg|template)"))
                        .forEach(files::add);
            }
        }

        assertFalse(files.isEmpty());
        assertEquals(
                List.of(), files.stream().flatMap(VocabularyTest::violations).toList());
    }

    private static Stream<String> violations(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            boolean[] generated = new boolean[lines.size()];
            for (int i = 0; i < lines.size(); i++) {
                boolean before = i > 0 && generated[i - 1] && !isMarker(lines.get(i - 1), "/");
                generated[i] = before || isMarker(lines.get(i), "");
            }
            return IntStream.range(0, lines.size())
                    .filter(i -> !generated[i])
                    .boxed()
                    .flatMap(i -> found(lines.get(i)).stream().map(word -> file + ":" + (i + 1) + " " + word));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of figures, which the benchmark prints. */
    private static boolean isMarker(String line, String slash) {
        return line.startsWith("<!-- " + slash + "bench:");
    }

    private static List<String> found(String line) {
        return WORDS.matcher(line).results().map(word -> word.group(1)).toList();
    }
}
