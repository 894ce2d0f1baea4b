package io.latchkey.forwardauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.cache.SubsequentUse;
import io.latchkey.charging.MethodAndPath;
import io.latchkey.model.ApiKey;
import io.latchkey.model.TestKeys;
import io.latchkey.policy.RateLimit;
import io.latchkey.policy.RateLimits;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.ratelimit.RateLimiter;
import io.latchkey.usage.UsageBuffer;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CachedForwardAuthResponderTest {

    private static final ApiKey KEY = TestKeys.active();
    private static final RateLimits LIMITS = new RateLimits(RateLimit.parse("3/h"), Optional.empty());
    private static final Response BEFORE = Response.ok("")
            .header("X-Auth-Subject", "alice")
            .header("X-Auth-Reservation", "first")
            .build();

    private final RateLimiter limiter = new RateLimiter();

    @Test
    void eachAnswerSaysHowItsOwnCallStands() {
        CachedForwardAuthResponder again = again(limiter.consume(LIMITS, KEY));

        Response first = said(again);
        assertEquals("alice", first.getHeaderString("X-Auth-Subject"));
        assertTrue(first.getHeaderString("RateLimit").startsWith("\"key\";r=1;"));
        assertTrue(said(again).getHeaderString("RateLimit").startsWith("\"key\";r=0;"));
        assertFalse(
                again.repeat(BEFORE, Instant.EPOCH, name -> Optional.empty()).isPresent());
    }

    @Test
    void nobodyIsGivenTheReservationOfAnother() {
        assertNull(said(again(RateLimitStatus.UNLIMITED)).getHeaderString("X-Auth-Reservation"));
        assertEquals("first", BEFORE.getHeaderString("X-Auth-Reservation"));
    }

    @Test
    void whoGetsAnAnswerCannotSpoilItForTheNext() {
        CachedForwardAuthResponder again = again(RateLimitStatus.UNLIMITED);

        said(again).getHeaders().putSingle("X-Auth-Subject", "mallory");

        assertEquals("alice", said(again).getHeaderString("X-Auth-Subject"));
    }

    private CachedForwardAuthResponder again(RateLimitStatus first) {
        SubsequentUse use = new SubsequentUse(
                new UsageBuffer(), KEY.id(), "", Optional.empty(), true, limiter.handle(first, KEY), Optional.empty());
        return new CachedForwardAuthResponder(use, headers -> MethodAndPath.UNKNOWN);
    }

    private Response said(CachedForwardAuthResponder again) {
        return again.repeat(BEFORE, Instant.EPOCH, name -> Optional.empty()).orElseThrow();
    }
}
