package io.latchkey.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.latchkey.limits.Quota;
import io.latchkey.limits.Reading;
import io.latchkey.limits.Standing;
import io.latchkey.policy.RateLimit;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RateHeadersTest {

    private static final Response BEFORE = Response.ok("body").header("X", "y").build();

    @Test
    void aLimitIsSaidInSecondsAndItsBurstOnlyWhereItIsAnother() {
        assertEquals("\"key\";q=600;w=60", RateHeaders.policy(reading("600/min", 0, Duration.ZERO)));
        assertEquals("\"key\";q=10;w=1;burst=20", RateHeaders.policy(reading("10/s burst 20", 0, Duration.ZERO)));
    }

    @Test
    void whatIsLeftComesWithTheTimeUntilItIsAWholeBurst() {
        assertEquals("\"key\";r=7;t=1", RateHeaders.state(reading("10/s", 7, Duration.ZERO)));
    }

    @Test
    void nobodyIsToldToComeTooEarly() {
        assertEquals(0, RateHeaders.seconds(Duration.ZERO));
        assertEquals(1, RateHeaders.seconds(Duration.ofNanos(1)));
        assertEquals(1, RateHeaders.seconds(Duration.ofSeconds(1)));
        assertEquals(2, RateHeaders.seconds(Duration.ofMillis(1001)));
    }

    @Test
    void anAnswerThatIsGivenAgainSaysHowThisUseStands() {
        Standing standing = new Standing(List.of(reading("10/s", 7, Duration.ZERO)));

        Response again = RateHeaders.again(BEFORE, standing).orElseThrow();

        assertEquals("\"key\";r=7;t=1", again.getHeaderString("RateLimit"));
        assertEquals("\"key\";q=10;w=1", again.getHeaderString("RateLimit-Policy"));
        assertEquals("y", again.getHeaderString("X"));
        assertNull(BEFORE.getHeaderString("RateLimit"));
    }

    @Test
    void itIsNotGivenAgainBeyondTheLimitAndAsItIsWithoutOne() {
        Standing refused = new Standing(List.of(reading("10/s", 0, Duration.ofMillis(100))));

        assertEquals(Optional.empty(), RateHeaders.again(BEFORE, refused));
        assertSame(BEFORE, RateHeaders.again(BEFORE, Standing.UNLIMITED).orElseThrow());
    }

    private static Reading reading(String limit, long remaining, Duration delay) {
        RateLimit parsed = RateLimit.parse(limit).orElseThrow();
        return new Reading(Quota.KEY, parsed, remaining, delay, Duration.ofMillis(300));
    }
}
