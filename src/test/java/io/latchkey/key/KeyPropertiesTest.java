package io.latchkey.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class KeyPropertiesTest {

    private static final Pattern SHAPE = Pattern.compile(KeyVectors.read().pattern());

    private final KeyGenerator generator = new KeyGenerator(new SecureRandom());

    @Property
    void aKeyReadsBackAsWritten(@ForAll("prefixes") KeyPrefix prefix, @ForAll("randoms") String random) {
        PresentedKey made = PresentedKey.of(prefix, random);

        PresentedKey read = PresentedKey.parse(made.secret().reveal()).orElseThrow();

        assertEquals(prefix, read.prefix());
        assertEquals(random.substring(0, 12), read.id().value());
        assertEquals(made.secret().reveal(), read.secret().reveal());
        assertEquals(Optional.of(prefix), KeyPrefix.parse(prefix.toString()));
    }

    @Property
    void oneChangedCharacterIsRefused(
            @ForAll("prefixes") KeyPrefix prefix,
            @ForAll("randoms") String random,
            @ForAll @IntRange(max = 68) int place,
            @ForAll("characters") char changed) {
        String key = PresentedKey.of(prefix, random).secret().reveal();
        Assume.that(place < key.length() && key.charAt(place) != changed);

        String typo = key.substring(0, place) + changed + key.substring(place + 1);

        assertTrue(PresentedKey.parse(typo).isEmpty());
    }

    @Property
    void twoSwappedNeighboursAreRefused(
            @ForAll("prefixes") KeyPrefix prefix,
            @ForAll("randoms") String random,
            @ForAll @IntRange(max = 67) int place) {
        StringBuilder key =
                new StringBuilder(PresentedKey.of(prefix, random).secret().reveal());
        Assume.that(place + 1 < key.length() && key.charAt(place) != key.charAt(place + 1));

        char moved = key.charAt(place);
        key.deleteCharAt(place).insert(place + 1, moved);

        assertTrue(PresentedKey.parse(key.toString()).isEmpty());
    }

    @Property
    void aGeneratedKeyHasThePublishedShape(@ForAll("prefixes") KeyPrefix prefix) {
        PresentedKey made = generator.generate(prefix);

        String key = made.secret().reveal();
        assertTrue(SHAPE.matcher(key).matches(), () -> prefix + " makes another shape");
        assertTrue(key.startsWith(prefix.toString()));
        assertEquals(50, key.length() - prefix.toString().length());
    }

    @Example
    void generatedKeysAndTheirIdsAreUnique() {
        KeyPrefix prefix = new KeyPrefix("kwi", KeyKind.SECRET, Optional.empty());
        Set<String> keys = new HashSet<>();
        Set<KeyId> ids = new HashSet<>();

        for (int i = 0; i < 20_000; i++) {
            PresentedKey made = generator.generate(prefix);
            assertTrue(keys.add(made.secret().reveal()));
            assertTrue(ids.add(made.id()));
        }
    }

    @Property
    void arbitraryTextIsRefusedWithoutException(@ForAll("texts") String text) {
        assertTrue(PresentedKey.parse(text).isEmpty());
        assertTrue(PresentedKey.parse("secret-token:" + text).isEmpty());
        KeyPrefix.parse(text).ifPresent(prefix -> assertEquals(text, prefix.toString()));
        KeyId.parse(text).ifPresent(id -> assertEquals(text, id.value()));
    }

    @Property
    void anotherKeyHasAnotherHash(@ForAll("randoms") String one, @ForAll("randoms") String two) {
        Assume.that(!one.equals(two));
        KeyPrefix prefix = new KeyPrefix("kwi", KeyKind.SECRET, Optional.empty());
        KeyHasher hasher = new KeyHasher(KeyVectors.read().peppersUpTo(1));

        KeyHash hash = hasher.hash(PresentedKey.of(prefix, one).secret());

        assertNotEquals(hash, hasher.hash(PresentedKey.of(prefix, two).secret()));
    }

    @Provide
    Arbitrary<KeyPrefix> prefixes() {
        Arbitrary<Character> first = Arbitraries.chars().range('a', 'z');
        Arbitrary<String> rest = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .ofMinLength(1)
                .ofMaxLength(9);
        Arbitrary<Optional<String>> env = Arbitraries.of("live", "test").optional();
        return Combinators.combine(first, rest, Arbitraries.of(KeyKind.class), env)
                .as((letter, more, kind, name) -> new KeyPrefix(letter + more, kind, name));
    }

    @Provide
    Arbitrary<String> randoms() {
        return Arbitraries.strings()
                .withCharRange('0', '9')
                .withCharRange('A', 'Z')
                .withCharRange('a', 'z')
                .ofLength(PresentedKey.RANDOM_LENGTH);
    }

    /** Mostly what a typo makes of a key, now and then anything at all. */
    @Provide
    Arbitrary<Character> characters() {
        return Arbitraries.oneOf(
                Arbitraries.chars().range('!', '~'),
                Arbitraries.chars().alpha(),
                Arbitraries.chars().numeric(),
                Arbitraries.chars().all());
    }

    /** Any text, text that is nearly a prefix, and text of a key's length and alphabet. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> keyLike = Arbitraries.strings()
                .withCharRange('0', '9')
                .withCharRange('A', 'Z')
                .withCharRange('a', 'z')
                .withChars('_')
                .ofMinLength(40)
                .ofMaxLength(90);
        Arbitrary<String> prefixLike =
                Arbitraries.strings().withChars("kslivetp_").ofMaxLength(20);
        return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(200), keyLike, prefixLike);
    }
}
