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
public final class Bill {

    private final Till till;
    private final ClientModel api;
    private final Price price;
    private final Credits cost;
    private final Charging charging;
    private Optional<Charge> charge = Optional.empty();
    private boolean settled;

    Bill(Till till, ClientModel api, Price price, Credits cost, Charging charging) {
        this.till = till;
        this.api = api;
        this.price = price;
        this.cost = cost;
        this.charging = charging;
        this.settled = charging == Charging.SETTLED;
    }

    /** @param key that the call is made with, if it is */
    public Charge charge(UserModel owner, Optional<KeyId> key) {
        Charge made = till.charge(owner, key, this);
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

    Charging charging() {
        return charging;
    }

    /** Pays for more calls of that owner in the same way; empty where nobody has paid, or can tell what may be spent. */
    public Optional<StandingOrder> order(UserModel owner, Optional<KeyId> key) {
        return charge.filter(made -> made instanceof Charge.Paid && charging != Charging.QUOTED)
                .flatMap(paid -> till.order(owner, key, this, settled));
    }

    /** What came of it; empty as long as nobody was charged. */
    public Optional<Charge> charge() {
        return charge;
    }

    /** The call has succeeded already. What cannot be charged for it any more is not paid. */
    public void settle() {
        settled = true;
        boolean charged = end(id -> Settlement.settled(id, cost))
                .filter(ending -> !isSettled(ending))
                .isEmpty();
        if (!charged) {
            charge = Optional.of(new Charge.Unavailable(cost));
        }
    }

    private static boolean isSettled(Ending ending) {
        Optional<Settlement> settlement = ending instanceof Ending.Ended ended
                ? Optional.of(ended.settlement())
                : ending instanceof Ending.Recorded told ? Optional.of(told.settlement()) : Optional.empty();
        return settlement
                .filter(now -> now.outcome() == Settlement.Outcome.SETTLED)
                .isPresent();
    }

    /** The call is not going to be made. */
    public void release() {
        end(Settlement::released);
    }

    /** Empty where nothing is set aside. */
    private Optional<Ending> end(Function<ReservationId, Settlement> wish) {
        if (!(charge.orElse(null) instanceof Charge.Paid paid)) {
            return Optional.empty();
        }
        charge = Optional.of(paid.ended());
        return paid.reservation()
                .map(Charge.Reservation::id)
                .map(wish)
                .map(settlement -> till.end(List.of(settlement)).get(0));
    }
}
