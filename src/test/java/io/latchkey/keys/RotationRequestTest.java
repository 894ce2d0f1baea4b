package io.latchkey.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.key.KeyId;
import io.latchkey.model.TestKeys;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RotationRequestTest {

    private static final KeyId KEY = TestKeys.id('1');
    private static final String REQUEST = hash(Duration.ofHours(1), false, "idem", KEY);

    @Test
    void withoutAnIdempotencyKeyThereIsNoHash() {
        RotationRequest order = new RotationRequest(Duration.ZERO, false, Optional.empty());

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
            assertTrue(RotationRequest.sameIdempotencyKey(REQUEST, other));
        }
    }

    @Test
    void anotherIdempotencyKeyOrKeyIsAnotherRequest() {
        assertFalse(RotationRequest.sameIdempotencyKey(REQUEST, hash(Duration.ofHours(1), false, "other", KEY)));
        assertFalse(RotationRequest.sameIdempotencyKey(
                REQUEST, hash(Duration.ofHours(1), false, "idem", TestKeys.id('2'))));
    }

    @Test
    void noHashIsLikeNoOther() {
        assertFalse(RotationRequest.sameIdempotencyKey("", "-"));
        assertFalse(RotationRequest.sameIdempotencyKey(REQUEST, "-"));
        assertFalse(RotationRequest.sameIdempotencyKey("", REQUEST));
    }

    private static String hash(Duration gracePeriod, boolean endOnFirstUse, String idempotencyKey, KeyId key) {
        return new RotationRequest(gracePeriod, endOnFirstUse, Optional.of(idempotencyKey))
                .requestHash(key)
                .orElseThrow();
    }
}
