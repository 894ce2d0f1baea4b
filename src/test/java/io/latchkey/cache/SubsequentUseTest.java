package io.latchkey.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.MethodAndPath;
import io.latchkey.charging.SubsequentCallCharge;
import io.latchkey.fakes.MovingClock;
import io.latchkey.model.ApiKey;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.TestKeys;
import io.latchkey.policy.RateLimit;
import io.latchkey.policy.RateLimits;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.ratelimit.RateLimiter;
import io.latchkey.usage.UsageBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubsequentUseTest {

    private static final ApiKey KEY = TestKeys.active();
    private static final RateLimits LIMITS = new RateLimits(RateLimit.parse("5/h"), Optional.empty());
    private static final int ALLOWANCE = 10;

    private final MovingClock clock = new MovingClock();
    private final RateLimiter limiter = new RateLimiter();
    private int spent = 1;

    @Test
    void isCountedUntilTheLimit() {
        SubsequentUse use = use(limiter.consume(LIMITS, KEY), Optional.empty());

        for (int left = 3; left >= 0; left--) {
            RateLimitStatus rateLimits = again(use).orElseThrow().rateLimits();
            assertEquals(left, rateLimits.statuses().get(0).remaining());
        }
        assertTrue(again(use).isEmpty());
    }

    @Test
    void isTheSameWhereNothingIsCountedOrPaid() {
        assertTrue(again(use(RateLimitStatus.UNLIMITED, Optional.empty()))
                .orElseThrow()
                .isSame());
    }

    @Test
    void takesNothingFromTheLimitWhereItCannotBePaid() {
        RateLimitStatus first = limiter.consume(LIMITS, KEY);
        SubsequentUse cheap = use(first, Optional.of(order(1)));
        SubsequentUse dear = use(first, Optional.of(order(10)));
        again(cheap).orElseThrow();
        again(cheap).orElseThrow();

        assertTrue(again(dear).isEmpty());
        assertTrue(again(dear).isEmpty());

        assertEquals(2, limiter.peek(LIMITS, KEY).statuses().get(0).remaining());
    }

    @Test
    void aQuestionIsNoUse() {
        UsageBuffer uses = new UsageBuffer();

        again(use(uses, false)).orElseThrow();
        assertTrue(uses.isEmpty());
        again(use(uses, true)).orElseThrow();
        assertFalse(uses.isEmpty());
    }

    private SubsequentUse use(UsageBuffer uses, boolean recorded) {
        return new SubsequentUse(
                uses,
                KEY.id(),
                "",
                Optional.empty(),
                recorded,
                limiter.handle(RateLimitStatus.UNLIMITED, KEY),
                Optional.empty());
    }

    private SubsequentCallCharge order(int cost) {
        return call -> {
            if (spent + cost > ALLOWANCE) {
                return Optional.empty();
            }
            spent += cost;
            return Optional.of(new ChargeResult.Paid(
                    CreditAmount.of(cost), Optional.empty(), ChargeResult.AllowanceStatus.UNKNOWN));
        };
    }

    private SubsequentUse use(RateLimitStatus first, Optional<SubsequentCallCharge> order) {
        return new SubsequentUse(
                new UsageBuffer(), KEY.id(), "", Optional.empty(), true, limiter.handle(first, KEY), order);
    }

    private Optional<SubsequentUse.Repetition> again(SubsequentUse use) {
        return use.repeat(clock.instant(), () -> MethodAndPath.UNKNOWN);
    }
}
