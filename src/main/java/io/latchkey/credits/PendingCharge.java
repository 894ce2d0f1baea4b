package io.latchkey.credits;

import io.latchkey.key.KeyId;
import io.latchkey.model.Credits;
import io.latchkey.model.ReservationId;
import io.latchkey.model.Settlement;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;

/** Holds the price of one call until every other check has passed, then charges it. */
public final class PendingCharge {

    private final ChargingService chargingService;
    private final ClientModel api;
    private final Price price;
    private final Credits cost;
    private final ChargeMode chargeMode;
    private Optional<ChargeResult> result = Optional.empty();
    private boolean settled;

    PendingCharge(ChargingService chargingService, ClientModel api, Price price, Credits cost, ChargeMode chargeMode) {
        this.chargingService = chargingService;
        this.api = api;
        this.price = price;
        this.cost = cost;
        this.chargeMode = chargeMode;
        this.settled = chargeMode == ChargeMode.SETTLE;
    }

    /** @param key that the call is made with; empty for a call with a token */
    public ChargeResult charge(UserModel owner, Optional<KeyId> key) {
        ChargeResult made = chargingService.charge(owner, key, this);
        result = Optional.of(made);
        return made;
    }

    ClientModel api() {
        return api;
    }

    Price price() {
        return price;
    }

    Credits cost() {
        return cost;
    }

    ChargeMode chargeMode() {
        return chargeMode;
    }

    /**
     * Charges further calls of that owner in the same way; empty if this call was not paid or the allowance cannot be read.
     */
    public Optional<RepeatableCharge> repeatable(UserModel owner, Optional<KeyId> key) {
        return result.filter(made -> made instanceof ChargeResult.Paid && chargeMode != ChargeMode.QUOTE)
                .flatMap(paid -> chargingService.repeatable(owner, key, this, settled));
    }

    /** The outcome; empty before the charge. */
    public Optional<ChargeResult> result() {
        return result;
    }

    /** Settles a call that has succeeded already. If that fails, the result is {@link ChargeResult.Unavailable}. */
    public void settle() {
        settled = true;
        boolean charged = settle(id -> Settlement.settled(id, cost))
                .filter(settlement -> !isSettled(settlement))
                .isEmpty();
        if (!charged) {
            result = Optional.of(new ChargeResult.Unavailable(cost));
        }
    }

    private static boolean isSettled(SettlementResult result) {
        Optional<Settlement> settlement = result instanceof SettlementResult.Ended ended
                ? Optional.of(ended.settlement())
                : result instanceof SettlementResult.Recorded recorded
                        ? Optional.of(recorded.settlement())
                        : Optional.empty();
        return settlement
                .filter(now -> now.outcome() == Settlement.Outcome.SETTLED)
                .isPresent();
    }

    /** Releases the reservation of a call that will not be made. */
    public void release() {
        settle(Settlement::released);
    }

    /** Empty if nothing is reserved. */
    private Optional<SettlementResult> settle(Function<ReservationId, Settlement> outcome) {
        if (!(result.orElse(null) instanceof ChargeResult.Paid paid)) {
            return Optional.empty();
        }
        result = Optional.of(paid.ended());
        return paid.reservation()
                .map(ChargeResult.Reservation::id)
                .map(outcome)
                .map(settlement -> chargingService.settle(List.of(settlement)).get(0));
    }
}
