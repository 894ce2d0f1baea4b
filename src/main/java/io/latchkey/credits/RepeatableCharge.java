package io.latchkey.credits;

import io.latchkey.key.KeyId;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.Credits;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Pays for more calls like one that was paid, from what its node has in memory: for whoever must not wait. Outlives the session;
 * good as long as neither owner nor realm change.
 */
public final class RepeatableCharge {

    private final CreditEngine credits;
    private final CreditAccount account;
    private final Optional<PeriodLease> wallet;
    private final Price price;
    private final Optional<KeyId> key;
    private final boolean settled;

    /**
     * @param wallet that was spent from; empty where nothing was
     * @param settled whether each is charged at once, whatever becomes of it
     */
    RepeatableCharge(
            CreditEngine credits,
            CreditAccount account,
            Optional<PeriodLease> wallet,
            Price price,
            Optional<KeyId> key,
            boolean settled) {
        this.credits = credits;
        this.account = account;
        this.wallet = wallet;
        this.price = price;
        this.key = key;
        this.settled = settled;
    }

    /** Empty where it takes more than memory to know whether the call can be paid; then nothing is charged. */
    public Optional<ChargeResult> pay(Supplier<ApiCall> call) {
        Credits cost = price.of(call);
        if (cost.isZero()) {
            return Optional.of(credits.free(account));
        }
        return wallet.flatMap(open -> credits.chargeAtOnce(open, new ChargeRequest(cost, key, settled)));
    }
}
