package io.latchkey.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.credits.Call;
import io.latchkey.limits.RateLimiter;
import io.latchkey.limits.Standing;
import io.latchkey.model.ApiKey;
import io.latchkey.model.TestKeys;
import io.latchkey.policy.RateLimit;
import io.latchkey.policy.RateLimits;
import io.latchkey.usage.UseBuffer;
import io.latchkey.use.RepeatedUse;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PassageAgainTest {

    private static final ApiKey KEY = TestKeys.active();
    private static final RateLimits LIMITS = new RateLimits(RateLimit.parse("3/h"), Optional.empty());
    private static final Response BEFORE = Response.ok("")
            .header("X-Auth-Subject", "alice")
            .header("X-Auth-Reservation", "first")
            .build();

    private final RateLimiter limiter = new RateLimiter();

    @Test
    void eachAnswerSaysHowItsOwnCallStands() {
        PassageAgain again = again(limiter.take(LIMITS, KEY));

        assertEquals("\"key\";r=1;t=2400", said(again).getHeaderString("RateLimit"));
        Response last = said(again);
        assertTrue(last.getHeaderString("RateLimit").startsWith("\"key\";r=0;"));
        assertEquals("alice", last.getHeaderString("X-Auth-Subject"));
        assertFalse(again.again(BEFORE, Instant.EPOCH, name -> Optional.empty()).isPresent());
    }

    @Test
    void nobodyIsGivenTheReservationOfAnother() {
        assertNull(said(again(Standing.UNLIMITED)).getHeaderString("X-Auth-Reservation"));
        assertEquals("first", BEFORE.getHeaderString("X-Auth-Reservation"));
    }

    @Test
    void whoGetsAnAnswerCannotSpoilItForTheNext() {
        PassageAgain again = again(Standing.UNLIMITED);

        said(again).getHeaders().putSingle("X-Auth-Subject", "mallory");

        assertEquals("alice", said(again).getHeaderString("X-Auth-Subject"));
    }

    private PassageAgain again(Standing first) {
        RepeatedUse use = new RepeatedUse(
                new UseBuffer(), KEY.id(), "", Optional.empty(), true, limiter.again(first, KEY), Optional.empty());
        return new PassageAgain(use, headers -> Call.UNKNOWN);
    }

    private static Response said(PassageAgain again) {
        return again.again(BEFORE, Instant.EPOCH, name -> Optional.empty()).orElseThrow();
    }
}
