package io.latchkey.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.policy.RateLimit;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.ratelimit.RateLimitStatus.BucketStatus;
import io.latchkey.ratelimit.RateLimitStatus.LimitScope;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RateLimitHeadersTest {

    @Test
    void aLimitIsSaidInSecondsAndItsBurstOnlyWhereItIsAnother() {
        assertEquals("\"key\";q=600;w=60", said("RateLimit-Policy", reading("600/min", 0, Duration.ZERO)));
        assertEquals("\"key\";q=10;w=1;burst=20", said("RateLimit-Policy", reading("10/s burst 20", 0, Duration.ZERO)));
    }

    @Test
    void whatIsLeftComesWithTheTimeUntilItIsAWholeBurst() {
        assertEquals("\"key\";r=7;t=1", said("RateLimit", reading("10/s", 7, Duration.ZERO)));
    }

    @Test
    void nobodyIsToldToComeTooEarly() {
        assertEquals(0, RateLimitHeaders.seconds(Duration.ZERO));
        assertEquals(1, RateLimitHeaders.seconds(Duration.ofNanos(1)));
        assertEquals(1, RateLimitHeaders.seconds(Duration.ofSeconds(1)));
        assertEquals(2, RateLimitHeaders.seconds(Duration.ofMillis(1001)));
    }

    @Test
    void anAnswerThatIsGivenAgainSaysHowThisUseStands() {
        RateLimitStatus rateLimits = new RateLimitStatus(List.of(reading("10/s", 7, Duration.ZERO)));

        Map<String, String> again = new HashMap<>();

        RateLimitHeaders.put(again::put, rateLimits);

        assertEquals("\"key\";r=7;t=1", again.get("RateLimit"));
        assertEquals("\"key\";q=10;w=1", again.get("RateLimit-Policy"));
    }

    @Test
    void whereNothingIsLimitedNothingIsSaid() {
        Map<String, String> again = new HashMap<>();

        RateLimitHeaders.put(again::put, RateLimitStatus.UNLIMITED);

        assertEquals(Set.of(), again.keySet());
    }

    @Test
    void severalLimitsAreAList() {
        BucketStatus one = reading("10/s", 7, Duration.ZERO);

        assertEquals("\"key\";r=7;t=1, \"key\";r=7;t=1", said("RateLimit", one, one));
    }

    private static String said(String header, BucketStatus... readings) {
        Map<String, String> headers = new HashMap<>();
        RateLimitHeaders.put(headers::put, new RateLimitStatus(List.of(readings)));
        return headers.get(header);
    }

    private static BucketStatus reading(String limit, long remaining, Duration delay) {
        RateLimit parsed = RateLimit.parse(limit).orElseThrow();
        return new BucketStatus(LimitScope.KEY, parsed, remaining, delay, Duration.ofMillis(300));
    }
}
