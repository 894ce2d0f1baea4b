package io.latchkey.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyPrefixTest {

    @Test
    void printsWithAndWithoutEnvironment() {
        assertEquals("kwi_sk_", new KeyPrefix("kwi", KeyKind.SECRET, Optional.empty()).toString());
        assertEquals("acme_pk_live_", new KeyPrefix("acme", KeyKind.PUBLISHABLE, Optional.of("live")).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kc_sk_", "kwi_pk_", "acme_sk_live_", "a123456789_pk_test_", "sk_sk_", "live_sk_live_"})
    void readsWhatItPrints(String text) {
        assertEquals(text, KeyPrefix.parse(text).orElseThrow().toString());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "_",
                "__",
                "kwi",
                "kwi_sk",
                "kwi_sk_live",
                "kwi__",
                "_sk_",
                "k_sk_",
                "Kwi_sk_",
                "1wi_sk_",
                "a1234567890_sk_",
                "kwi_rk_",
                "kwi_SK_",
                "kwi_sk__",
                "kwi_sk_prod_",
                "kwi_sk_Live_",
                "kwi_sk_live_test_",
                " kwi_sk_",
                "kwi_sk_\n",
                "kwi\n_sk_"
            })
    void otherTextIsNoPrefix(String text) {
        assertTrue(KeyPrefix.parse(text).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "K2", "2k", "a1234567890", "a_b", "a-b", "ab\n"})
    void cannotBeBuiltWithAnotherBrand(String brand) {
        assertThrows(IllegalArgumentException.class, () -> new KeyPrefix(brand, KeyKind.SECRET, Optional.empty()));
    }

    @Test
    void cannotBeBuiltWithAnotherEnvironment() {
        assertThrows(IllegalArgumentException.class, () -> new KeyPrefix("kwi", KeyKind.SECRET, Optional.of("prod")));
    }

    @Test
    void previewShowsFiveCharactersOfTheId() {
        KeyPrefix prefix = new KeyPrefix("kwi", KeyKind.SECRET, Optional.empty());

        assertEquals("kwi_sk_aBcDe...", prefix.preview(new KeyId("aBcDeFgHiJkL")));
    }

    @ParameterizedTest
    @EnumSource
    void kindIsFoundByTagAndLabel(KeyKind kind) {
        assertEquals(Optional.of(kind), KeyKind.ofTag(kind.tag()));
        assertEquals(Optional.of(kind), KeyKind.ofLabel(kind.label()));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "SK", "rk", "Secret", "SECRET", "sk "})
    void otherTextIsNoKind(String text) {
        assertTrue(KeyKind.ofTag(text).isEmpty());
        assertTrue(KeyKind.ofLabel(text).isEmpty());
    }
}
