package io.latchkey.credits;

import io.latchkey.key.KeyId;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.Credits;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Charges further calls like one that was paid, from memory and without waiting. Outlives the session, and is valid as long as
 * neither owner nor realm change.
 */
public final class RepeatableCharge {

    private final CreditEngine engine;
    private final CreditAccount account;
    private final Optional<PeriodLease> lease;
    private final Price price;
    private final Optional<KeyId> key;
    private final boolean settled;

    /**
     * @param lease that the first call was charged to; empty if it was free
     * @param settled whether each call is charged at once instead of reserved
     */
    RepeatableCharge(
            CreditEngine engine,
            CreditAccount account,
            Optional<PeriodLease> lease,
            Price price,
            Optional<KeyId> key,
            boolean settled) {
        this.engine = engine;
        this.account = account;
        this.lease = lease;
        this.price = price;
        this.key = key;
        this.settled = settled;
    }

    /** Empty if the ledger has to be read before the call can be charged; then nothing is charged. */
    public Optional<ChargeResult> charge(Supplier<ApiCall> call) {
        Credits cost = price.of(call);
        if (cost.isZero()) {
            return Optional.of(engine.free(account));
        }
        return lease.flatMap(current -> engine.chargeFromMemory(current, new ChargeRequest(cost, key, settled)));
    }
}
