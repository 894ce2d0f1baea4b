package io.latchkey.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class KeyVectorsTest {

    private static final KeyVectors VECTORS = KeyVectors.read();

    static List<KeyVectors.Valid> valid() {
        return VECTORS.valid();
    }

    static List<KeyVectors.Invalid> invalid() {
        return VECTORS.invalid();
    }

    static List<KeyVectors.Checked> checksums() {
        return VECTORS.checksums();
    }

    @ParameterizedTest
    @MethodSource("checksums")
    void checksumIsThatOfTheVector(KeyVectors.Checked vector) {
        assertEquals(vector.checksum(), Checksum.of(vector.text()));
        assertTrue(Checksum.endsWithChecksum(vector.text() + vector.checksum()));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void validKeyHasTheParts(KeyVectors.Valid vector) {
        PresentedKey key = vector.parsed();

        assertEquals(vector.prefix(), key.prefix().toString());
        assertEquals(vector.brand(), key.prefix().brand());
        assertEquals(vector.kind(), key.prefix().kind().label());
        assertEquals(Optional.ofNullable(vector.env()), key.prefix().env());
        assertEquals(vector.id(), key.id().value());
        assertEquals(vector.key(), key.secret().reveal());
        assertEquals(vector.preview(), key.prefix().preview(key.id()));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void partsMakeTheKey(KeyVectors.Valid vector) {
        KeyPrefix prefix = KeyPrefix.parse(vector.prefix()).orElseThrow();

        PresentedKey key = PresentedKey.of(prefix, vector.id() + vector.secret());

        assertEquals(vector.key(), key.secret().reveal());
        assertEquals(vector.key(), vector.prefix() + vector.id() + vector.secret() + vector.checksum());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void hashWithoutPepperIsSha256(KeyVectors.Valid vector) {
        KeyHash hash = new KeyHasher(Peppers.none()).hash(vector.parsed().secret());

        assertEquals(new KeyHash(Peppers.PLAIN, vector.sha256()), hash);
    }

    @ParameterizedTest
    @MethodSource("valid")
    void hashWithPepperIsHmac(KeyVectors.Valid vector) {
        assertEquals(VECTORS.peppers().size(), vector.hmac().size());
        vector.hmac().forEach((version, hex) -> {
            KeyHasher hasher = new KeyHasher(VECTORS.peppersUpTo(version));

            assertEquals(new KeyHash(version, hex), hasher.hash(vector.parsed().secret()));
        });
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void invalidKeyIsRefused(KeyVectors.Invalid vector) {
        assertTrue(PresentedKey.parse(vector.presented()).isEmpty(), vector.reason());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void publishedPatternFindsKeyInText(KeyVectors.Valid vector) {
        Pattern pattern = Pattern.compile(VECTORS.pattern());

        var found =
                pattern.matcher("export KEY=\"" + vector.presented() + "\";\n").results();

        assertEquals(List.of(vector.key()), found.map(match -> match.group()).toList());
    }

    @Test
    void publishedPatternPassesOverLongerWords() {
        String key = VECTORS.valid().get(0).key();
        Pattern pattern = Pattern.compile(VECTORS.pattern());

        assertFalse(pattern.matcher(key + "A").find());
        assertFalse(pattern.matcher("MY_" + key).find());
    }

    @Test
    void documentationStatesThePatternAndTheFirstVector() throws IOException {
        String page = Files.readString(Path.of("src/docs/key-format.md"));

        assertTrue(page.contains(VECTORS.pattern()));
        assertTrue(page.contains(VECTORS.valid().get(0).key()));
        assertTrue(page.contains(VECTORS.alphabet()));
    }
}
