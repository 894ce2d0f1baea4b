package io.latchkey.enforcement;

import io.latchkey.credits.ApiCall;
import io.latchkey.credits.ChargeResult;
import io.latchkey.credits.RepeatableCharge;
import io.latchkey.key.KeyId;
import io.latchkey.ratelimit.RateLimitHandle;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.usage.UsageBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Uses of a key that are like one before. Outlives the session, and so holds nothing of it.
 *
 * @param order pays for each; empty where they cost nothing
 */
public record RepeatableUse(
        UsageBuffer uses,
        KeyId key,
        String api,
        Optional<String> address,
        boolean recorded,
        RateLimitHandle limits,
        Optional<RepeatableCharge> order) {

    /**
     * One more use, counted and paid; empty where it has to be decided anew, and then nothing was taken.
     *
     * @param call that is to be paid for; asked for only where it matters
     */
    public Optional<Again> again(Instant at, Supplier<ApiCall> call) {
        RateLimitStatus standing = limits.take();
        if (!standing.isAllowed()) {
            return Optional.empty();
        }
        Optional<ChargeResult> charge = order.flatMap(payer -> payer.pay(call));
        if (order.isPresent() && charge.isEmpty()) {
            limits.giveBack();
            return Optional.empty();
        }
        if (recorded) {
            uses.accepted(key, api, at, address);
        }
        return Optional.of(new Again(standing, charge));
    }

    /**
     * How one more use stands.
     *
     * @param charge what became of its price; empty where there is none
     */
    public record Again(RateLimitStatus standing, Optional<ChargeResult> charge) {

        /** Whether an answer about it says the same as the one before. */
        public boolean isSame() {
            return standing.isUnlimited() && charge.isEmpty();
        }
    }
}
