package io.latchkey.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenCacheTest {

    private static final Instant MADE = Instant.parse("2030-01-01T00:00:00.500Z");
    private static final Instant END = Instant.parse("2030-01-01T00:01:00Z");
    private static final Instant HALF = Instant.parse("2030-01-01T00:00:30.250Z");

    private final TokenCache.Entry<String> kept = new TokenCache.Entry<>("token", "id", MADE, END, 1);

    @Test
    void aTokenIsYoungUntilHalfOfItsLifeIsOver() {
        assertTrue(kept.isReusable(MADE));
        assertTrue(kept.isReusable(HALF.minusMillis(1)));
        assertFalse(kept.isReusable(HALF));
        assertFalse(kept.isReusable(END.plusSeconds(1)));
    }

    @Test
    void whatRemainsIsNeverMoreThanIsLeft() {
        assertEquals(60, kept.remaining(MADE));
        assertEquals(59, kept.remaining(MADE.plusMillis(500)));
        assertEquals(0, kept.remaining(END));
    }
}
