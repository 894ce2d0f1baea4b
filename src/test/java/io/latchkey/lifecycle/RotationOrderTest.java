package io.latchkey.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.key.KeyId;
import io.latchkey.model.TestKeys;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RotationOrderTest {

    private static final KeyId KEY = TestKeys.id('1');
    private static final String REQUEST = hash(Duration.ofHours(1), false, "idem", KEY);

    @Test
    void withoutAnIdempotencyKeyThereIsNoHash() {
        RotationOrder order = new RotationOrder(Duration.ZERO, false, Optional.empty());

        assertEquals(Optional.empty(), order.requestHash(KEY));
    }

    @Test
    void aRepetitionHasTheSameHash() {
        assertEquals(REQUEST, hash(Duration.ofHours(1), false, "idem", KEY));
        assertTrue(REQUEST.matches("[0-9a-f]{64}"));
    }

    @Test
    void anotherWishUnderTheSameIdempotencyKeyIsRecognised() {
        for (String other :
                new String[] {hash(Duration.ofDays(1), false, "idem", KEY), hash(Duration.ofHours(1), true, "idem", KEY)
                }) {
            assertNotEquals(REQUEST, other);
            assertTrue(RotationOrder.sameIdempotencyKey(REQUEST, other));
        }
    }

    @Test
    void anotherIdempotencyKeyOrKeyIsAnotherRequest() {
        assertFalse(RotationOrder.sameIdempotencyKey(REQUEST, hash(Duration.ofHours(1), false, "other", KEY)));
        assertFalse(
                RotationOrder.sameIdempotencyKey(REQUEST, hash(Duration.ofHours(1), false, "idem", TestKeys.id('2'))));
    }

    @Test
    void noHashIsLikeNoOther() {
        assertFalse(RotationOrder.sameIdempotencyKey("", "-"));
        assertFalse(RotationOrder.sameIdempotencyKey(REQUEST, "-"));
        assertFalse(RotationOrder.sameIdempotencyKey("", REQUEST));
    }

    private static String hash(Duration overlap, boolean endOnFirstUse, String idempotencyKey, KeyId key) {
        return new RotationOrder(overlap, endOnFirstUse, Optional.of(idempotencyKey))
                .requestHash(key)
                .orElseThrow();
    }
}
