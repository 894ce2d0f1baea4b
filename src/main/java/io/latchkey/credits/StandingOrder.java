package io.latchkey.credits;

import io.latchkey.key.KeyId;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAccount;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Pays for more calls like one that was paid, from what its node has in memory: for whoever must not wait. Outlives the session;
 * good as long as neither owner nor realm change.
 *
 * @param settled whether each is charged at once, whatever becomes of it
 */
public record StandingOrder(
        NodeCredits credits,
        CreditAccount account,
        Allowance allowance,
        Price price,
        Optional<KeyId> key,
        boolean settled) {

    /** Empty where it takes more than memory to know whether the call can be paid; then nothing is charged. */
    public Optional<Charge> pay(Supplier<Call> call) {
        return credits.chargeAtOnce(account, allowance, price.of(call), key, settled);
    }
}
