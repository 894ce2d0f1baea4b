package io.latchkey.cache;

import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.PricedCall;
import io.latchkey.charging.SubsequentCallCharge;
import io.latchkey.key.KeyId;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.ratelimit.RateLimiter;
import io.latchkey.usage.UsageBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Records, limits and charges further uses that a cached response answers. It outlives the session and therefore
 * references no session object.
 *
 * @param repeatableCharge charges each use; empty if the API has no price
 */
public record SubsequentUse(
        UsageBuffer uses,
        KeyId key,
        String api,
        Optional<String> address,
        boolean recorded,
        RateLimiter.Handle limits,
        Optional<SubsequentCallCharge> repeatableCharge) {

    /**
     * One more use, counted and paid; empty where it has to be decided anew, and then nothing was taken.
     *
     * @param call that is to be paid for; asked for only where it matters
     */
    public Optional<Repetition> repeat(Instant at, Supplier<PricedCall> call) {
        RateLimitStatus rateLimits = limits.consume();
        if (!rateLimits.isAllowed()) {
            return Optional.empty();
        }
        Optional<ChargeResult> charge = repeatableCharge.flatMap(payer -> payer.charge(call));
        if (repeatableCharge.isPresent() && charge.isEmpty()) {
            limits.refund();
            return Optional.empty();
        }
        if (recorded) {
            uses.accepted(key, api, at, address);
        }
        return Optional.of(new Repetition(rateLimits, charge));
    }

    /**
     * How one more use stands.
     *
     * @param charge what became of its price; empty where there is none
     */
    public record Repetition(RateLimitStatus rateLimits, Optional<ChargeResult> charge) {

        /** Whether an answer about it says the same as the one before. */
        public boolean isSame() {
            return rateLimits.isUnlimited() && charge.isEmpty();
        }
    }
}
