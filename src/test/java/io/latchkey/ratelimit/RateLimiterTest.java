package io.latchkey.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.key.KeyKind;
import io.latchkey.key.KeyPrefix;
import io.latchkey.model.ApiKey;
import io.latchkey.model.KeyLineage;
import io.latchkey.model.Owner;
import io.latchkey.model.OwnerType;
import io.latchkey.model.TestKeys;
import io.latchkey.policy.RateLimit;
import io.latchkey.policy.RateLimits;
import io.latchkey.ratelimit.RateLimitStatus.BucketStatus;
import io.latchkey.ratelimit.RateLimitStatus.LimitScope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final ApiKey KEY = key("one", "alice");

    private final MovingTime time = new MovingTime();
    private final RateLimiter limiter = new RateLimiter(time, 99);

    @Test
    void aBurstIsAllowedAtOnceAndThenTheRate() {
        RateLimits limits = perKey("10/s burst 20");

        assertEquals(20, allowed(limits, KEY, 100));
        time.advance(Duration.ofMillis(100));
        assertEquals(1, allowed(limits, KEY, 100));
        time.advance(Duration.ofMinutes(1));
        assertEquals(20, allowed(limits, KEY, 100));
    }

    @Test
    void answersSayWhatIsLeftAndForHowLong() {
        RateLimits limits = perKey("10/s");
        RateLimit limit = limits.key().orElseThrow();

        assertEquals(
                List.of(new BucketStatus(LimitScope.KEY, limit, 9, Duration.ZERO, Duration.ofMillis(100))),
                limiter.consume(limits, KEY).statuses());
        allowed(limits, KEY, 9);
        assertEquals(
                List.of(new BucketStatus(LimitScope.KEY, limit, 0, Duration.ofMillis(100), Duration.ofSeconds(1))),
                limiter.consume(limits, KEY).statuses());
        assertEquals(Duration.ofMillis(100), limiter.consume(limits, KEY).retryAfter());
    }

    @Test
    void theLastCallIsAllowedThoughNothingRemains() {
        RateLimitStatus last = limiter.consume(perKey("1/h"), KEY);

        assertTrue(last.isAllowed());
        assertEquals(0, last.statuses().get(0).remaining());
    }

    @Test
    void aCallThatOthersRefuseIsGivenBackToAllLimits() {
        RateLimits limits = new RateLimits(RateLimit.parse("3/h"), RateLimit.parse("5/h"));
        allowed(limits, KEY, 2);

        RateLimitStatus after = limiter.refund(limiter.consume(limits, KEY), KEY);

        assertEquals(
                List.of(1L, 3L),
                after.statuses().stream().map(BucketStatus::remaining).toList());
        assertEquals(1, allowed(limits, KEY, 5));
        assertEquals(2, allowed(limits, key("two", "alice"), 5));
    }

    @Test
    void nothingIsGivenBackBeyondTheBurst() {
        RateLimits limits = perKey("3/h");
        RateLimitStatus taken = limiter.consume(limits, KEY);

        for (int i = 0; i < 9; i++) {
            limiter.refund(taken, KEY);
        }

        assertEquals(3, allowed(limits, KEY, 9));
    }

    @Test
    void otherNodesHearNothingOfWhatWasGivenBack() {
        RateLimits limits = perKey("10/h");
        limiter.setReplicating(true);
        allowed(limits, KEY, 2);
        RateLimitStatus taken = limiter.consume(limits, KEY);

        limiter.refund(taken, KEY);
        assertEquals(2, told());
        limiter.refund(taken, KEY);
        assertEquals(0, told());
        allowed(limits, KEY, 3);

        assertEquals(2, told());
    }

    @Test
    void whatFindsNoRoomAmongTheUntoldIsToldWithALaterCall() {
        RateLimits limits = perKey("10/h");
        RateLimiter narrow = new RateLimiter(time, 1);
        narrow.setReplicating(true);
        narrow.consume(limits, KEY);
        narrow.consume(limits, key("two", "alice"));

        assertEquals(List.of(1L), told(narrow));
        narrow.consume(limits, key("two", "alice"));

        assertEquals(List.of(2L), told(narrow));
    }

    private static List<Long> told(RateLimiter limiter) {
        return limiter.drainUpdates(9).stream().map(ConsumptionUpdate::calls).toList();
    }

    private long told() {
        return limiter.drainUpdates(9).stream()
                .mapToLong(ConsumptionUpdate::calls)
                .sum();
    }

    @Test
    void keysOfOneFamilyShareABucketAndOthersHaveTheirOwn() {
        RateLimits limits = perKey("3/min");

        assertEquals(3, allowed(limits, KEY, 5));
        assertEquals(0, allowed(limits, key("one", "alice"), 5));
        assertEquals(3, allowed(limits, key("two", "alice"), 5));
    }

    @Test
    void keysOfOneOwnerShareTheOwnersBucket() {
        RateLimits limits = new RateLimits(Optional.empty(), RateLimit.parse("5/min"));

        assertEquals(3, allowed(limits, KEY, 3));
        assertEquals(2, allowed(limits, key("two", "alice"), 5));
        assertEquals(5, allowed(limits, key("three", "bob"), 9));
    }

    @Test
    void whoReadsAPublishableKeyInAPageCannotUseUpTheSecretOnes() {
        RateLimits limits = new RateLimits(Optional.empty(), RateLimit.parse("5/min"));
        KeyPrefix open = new KeyPrefix("kc", KeyKind.PUBLISHABLE, Optional.empty());
        ApiKey published = key("page", "alice", open);

        assertEquals(5, allowed(limits, published, 99));
        assertEquals(5, allowed(limits, KEY, 99));
        assertEquals(0, allowed(limits, key("other page", "alice", open), 99));
    }

    @Test
    void aCallThatOneLimitRefusesIsTakenFromNone() {
        RateLimits both = new RateLimits(RateLimit.parse("3/min"), RateLimit.parse("1/min"));
        allowed(both, KEY, 1);

        RateLimitStatus refused = limiter.consume(both, KEY);

        assertFalse(refused.isAllowed());
        assertEquals(
                List.of(2L, 0L),
                refused.statuses().stream().map(BucketStatus::remaining).toList());
        assertEquals(2, allowed(perKey("3/min"), KEY, 9));
    }

    @Test
    void moreCallsOfOneKeyAreCountedWithoutKnowingIt() {
        RateLimits both = new RateLimits(RateLimit.parse("3/min"), RateLimit.parse("9/min"));
        RateLimiter.Handle more = limiter.handle(limiter.consume(both, KEY), KEY);

        assertEquals(List.of(1L, 7L), remaining(more.consume()));
        assertEquals(List.of(0L, 6L), remaining(more.consume()));
        assertFalse(more.consume().isAllowed());
        assertEquals(0, allowed(both, KEY, 9));
        assertTrue(limiter.handle(RateLimitStatus.UNLIMITED, KEY).consume().isUnlimited());
    }

    private static List<Long> remaining(RateLimitStatus rateLimits) {
        return rateLimits.statuses().stream().map(BucketStatus::remaining).toList();
    }

    @Test
    void aLookTakesNothing() {
        RateLimits limits = perKey("1/h");

        assertTrue(limiter.peek(limits, KEY).isAllowed());
        assertTrue(limiter.consume(limits, KEY).isAllowed());
        assertFalse(limiter.peek(limits, KEY).isAllowed());
        assertEquals(Duration.ofHours(1), limiter.peek(limits, KEY).retryAfter());
    }

    @Test
    void anotherLimitRefillsNothing() {
        allowed(perKey("10/s"), KEY, 10);

        assertEquals(0, allowed(perKey("100/s"), KEY, 1));
        assertEquals(0, allowed(perKey("10/s"), KEY, 1));
        assertEquals(0, allowed(perKey("1/h burst 1000"), KEY, 1));
        assertEquals(0, allowed(perKey("10/s"), KEY, 1));
    }

    @Test
    void aWiderLimitRefillsFasterFromNowOn() {
        allowed(perKey("10/s"), KEY, 10);
        allowed(perKey("100/s"), KEY, 1);

        time.advance(Duration.ofMillis(100));

        assertEquals(10, allowed(perKey("100/s"), KEY, 99));
    }

    @Test
    void aNarrowerLimitHoldsAtOnce() {
        allowed(perKey("100/s"), KEY, 10);

        assertEquals(5, allowed(perKey("5/s"), KEY, 99));
    }

    @Test
    void nothingIsForgottenBeforeItIsFullAgain() {
        RateLimits limits = perKey("1/h burst 3");
        allowed(limits, KEY, 3);
        limiter.receive(ConsumptionUpdate.print(List.of(new ConsumptionUpdate(
                new TokenBucket.Id(LimitScope.KEY, "one"), 3, limits.key().orElseThrow()))));

        time.advance(Duration.ofHours(3).minusNanos(1));
        assertEquals(0, allowed(limits, KEY, 1));
        time.advance(Duration.ofHours(1).plusNanos(1));
        assertEquals(1, allowed(limits, KEY, 9));
    }

    private int allowed(RateLimits limits, ApiKey key, int calls) {
        int allowed = 0;
        for (int i = 0; i < calls; i++) {
            allowed += limiter.consume(limits, key).isAllowed() ? 1 : 0;
        }
        return allowed;
    }

    private static RateLimits perKey(String limit) {
        return new RateLimits(Optional.of(RateLimit.parse(limit).orElseThrow()), Optional.empty());
    }

    private static ApiKey key(String family, String owner) {
        return key(family, owner, TestKeys.active().prefix());
    }

    private static ApiKey key(String family, String owner, KeyPrefix prefix) {
        ApiKey key = TestKeys.active();
        return new ApiKey(
                key.id(),
                key.realmId(),
                prefix,
                new Owner(OwnerType.USER, owner),
                key.settings(),
                new KeyLineage(TestKeys.CREATED, owner, family, Optional.empty()),
                false,
                Optional.empty(),
                Optional.empty(),
                key.hash(),
                0);
    }
}
