package io.latchkey.cache;

import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.MethodAndPath;
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
     * Counts and charges one more use; empty if it has to be decided again, and then nothing is counted.
     *
     * @param call to be charged; read only if the API has a price
     */
    public Optional<Repetition> repeat(Instant at, Supplier<MethodAndPath> call) {
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
     * Holds the result of one more use.
     *
     * @param charge the result of the charge; empty if the API has no price
     */
    public record Repetition(RateLimitStatus rateLimits, Optional<ChargeResult> charge) {

        /** Whether its response is the same as the cached one. */
        public boolean isSame() {
            return rateLimits.isUnlimited() && charge.isEmpty();
        }
    }
}
