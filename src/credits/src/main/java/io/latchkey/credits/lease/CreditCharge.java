package io.latchkey.credits.lease;

import io.latchkey.charging.ChargeMode;
import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.PendingCharge;
import io.latchkey.charging.SubsequentCallCharge;
import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.credits.ledger.Settlement;
import io.latchkey.credits.pricing.Price;
import io.latchkey.key.KeyId;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.SettlementOutcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;

/** Charges one call to the credits of its owner, and settles or releases the reservation. */
final class CreditCharge implements PendingCharge {

    private final RealmChargingService realmChargingService;
    private final ClientModel api;
    private final Price price;
    private final CreditAmount cost;
    private final ChargeMode chargeMode;
    private Optional<ChargeResult> result = Optional.empty();
    private boolean settled;

    CreditCharge(
            RealmChargingService realmChargingService,
            ClientModel api,
            Price price,
            CreditAmount cost,
            ChargeMode chargeMode) {
        this.realmChargingService = realmChargingService;
        this.api = api;
        this.price = price;
        this.cost = cost;
        this.chargeMode = chargeMode;
        this.settled = chargeMode == ChargeMode.SETTLE;
    }

    @Override
    public ChargeResult charge(UserModel owner, Optional<KeyId> key) {
        ChargeResult made = realmChargingService.charge(owner, key, this);
        result = Optional.of(made);
        return made;
    }

    ClientModel api() {
        return api;
    }

    Price price() {
        return price;
    }

    CreditAmount cost() {
        return cost;
    }

    ChargeMode chargeMode() {
        return chargeMode;
    }

    @Override
    public Optional<SubsequentCallCharge> repeatable(UserModel owner, Optional<KeyId> key) {
        return result.filter(made -> made instanceof ChargeResult.Paid && chargeMode != ChargeMode.QUOTE)
                .flatMap(paid -> realmChargingService.repeatable(owner, key, this, settled));
    }

    @Override
    public Optional<ChargeResult> result() {
        return result;
    }

    @Override
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
                .filter(now -> now.outcome() == SettlementOutcome.SETTLED)
                .isPresent();
    }

    @Override
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
                .map(reservation -> ReservationId.parse(reservation.id()).orElseThrow())
                .map(outcome)
                .map(settlement ->
                        realmChargingService.settle(List.of(settlement)).get(0));
    }
}
