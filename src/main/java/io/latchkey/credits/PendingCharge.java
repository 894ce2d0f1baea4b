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

/** The price of one call, which is charged once everything else about the call is right. */
public final class PendingCharge {

    private final ChargingService chargingService;
    private final ClientModel api;
    private final Price price;
    private final Credits cost;
    private final ChargeMode chargeMode;
    private Optional<ChargeResult> charge = Optional.empty();
    private boolean settled;

    PendingCharge(ChargingService chargingService, ClientModel api, Price price, Credits cost, ChargeMode chargeMode) {
        this.chargingService = chargingService;
        this.api = api;
        this.price = price;
        this.cost = cost;
        this.chargeMode = chargeMode;
        this.settled = chargeMode == ChargeMode.SETTLED;
    }

    /** @param key that the call is made with, if it is */
    public ChargeResult charge(UserModel owner, Optional<KeyId> key) {
        ChargeResult made = chargingService.charge(owner, key, this);
        charge = Optional.of(made);
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

    /** Pays for more calls of that owner in the same way; empty where nobody has paid, or can tell what may be spent. */
    public Optional<RepeatableCharge> order(UserModel owner, Optional<KeyId> key) {
        return charge.filter(made -> made instanceof ChargeResult.Paid && chargeMode != ChargeMode.QUOTED)
                .flatMap(paid -> chargingService.order(owner, key, this, settled));
    }

    /** What came of it; empty as long as nobody was charged. */
    public Optional<ChargeResult> charge() {
        return charge;
    }

    /** The call has succeeded already. What cannot be charged for it any more is not paid. */
    public void settle() {
        settled = true;
        boolean charged = end(id -> Settlement.settled(id, cost))
                .filter(ending -> !isSettled(ending))
                .isEmpty();
        if (!charged) {
            charge = Optional.of(new ChargeResult.Unavailable(cost));
        }
    }

    private static boolean isSettled(SettlementResult ending) {
        Optional<Settlement> settlement = ending instanceof SettlementResult.Ended ended
                ? Optional.of(ended.settlement())
                : ending instanceof SettlementResult.Recorded told ? Optional.of(told.settlement()) : Optional.empty();
        return settlement
                .filter(now -> now.outcome() == Settlement.Outcome.SETTLED)
                .isPresent();
    }

    /** The call is not going to be made. */
    public void release() {
        end(Settlement::released);
    }

    /** Empty where nothing is set aside. */
    private Optional<SettlementResult> end(Function<ReservationId, Settlement> wish) {
        if (!(charge.orElse(null) instanceof ChargeResult.Paid paid)) {
            return Optional.empty();
        }
        charge = Optional.of(paid.ended());
        return paid.reservation()
                .map(ChargeResult.Reservation::id)
                .map(wish)
                .map(settlement -> chargingService.end(List.of(settlement)).get(0));
    }
}
