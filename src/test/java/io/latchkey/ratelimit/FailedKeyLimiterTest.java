package io.latchkey.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.policy.RateLimit;
import io.latchkey.ratelimit.RateLimitStatus.LimitScope;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailedKeyLimiterTest {

    private final MovingTime time = new MovingTime();
    private final FailedKeyLimiter limiter = new FailedKeyLimiter(RateLimit.parse("60/min burst 5"), time);

    @Test
    void anAddressHasToWaitOnceItsBurstIsOver() {
        assertEquals(5, answered("192.0.2.1", 9));

        assertEquals(Duration.ofSeconds(1), count("192.0.2.1").retryAfter());
        time.advance(Duration.ofSeconds(2));
        assertEquals(2, answered("192.0.2.1", 9));
    }

    @Test
    void whatIsAnsweredSaysNothingOfLimitsAndWhatIsNotNamesTheAddress() {
        assertTrue(count("192.0.2.1").isUnlimited());
        answered("192.0.2.1", 4);

        assertEquals(LimitScope.ADDRESS, count("192.0.2.1").statuses().get(0).scope());
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,192.0.2.2",
        "192.0.2.1,2001:db8::1",
        "2001:db8:0:1::1,2001:db8:0:2::1",
    })
    void addressesAreCountedApart(String one, String other) {
        answered(one, 9);

        assertEquals(5, answered(other, 9));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,::ffff:192.0.2.1",
        "2001:db8::1,2001:DB8:0:0:0:0:0:1",
        "2001:db8::1,2001:db8::ffff:1:2:3",
    })
    void oneSubscriberIsOneHoweverItIsWritten(String one, String same) {
        answered(one, 9);

        assertEquals(0, answered(same, 9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "gateway.example.org", "192.0.2.0/24"})
    void whoeverHasNoAddressIsNotCounted(String address) {
        assertEquals(99, answered(address, 99));
        assertTrue(limiter.count(Optional.empty()).isAllowed());
        assertEquals(0, limiter.addresses());
    }

    @Test
    void whereNothingIsLimitedNothingIsCounted() {
        FailedKeyLimiter none = new FailedKeyLimiter(Optional.empty(), time);

        for (int i = 0; i < 99; i++) {
            assertTrue(none.count(Optional.of("192.0.2.1")).isAllowed());
        }
        assertEquals(0, none.addresses());
    }

    @Test
    void memoryIsBoundedAndAddressesAreForgotten() {
        for (int i = 0; i < 50_000; i++) {
            count("10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256);
        }
        assertEquals(FailedKeyLimiter.MAX_ADDRESSES, limiter.addresses());

        time.advance(Duration.ofHours(1));
        assertEquals(0, limiter.addresses());
    }

    private int answered(String address, int attempts) {
        int answered = 0;
        for (int i = 0; i < attempts; i++) {
            answered += count(address).isAllowed() ? 1 : 0;
        }
        return answered;
    }

    private RateLimitStatus count(String address) {
        return limiter.count(Optional.of(address));
    }
}
