package io.latchkey.forwardauth;

import io.latchkey.ApiKeysProvider;
import io.latchkey.charging.ChargeMode;
import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.PendingCharge;
import io.latchkey.charging.PricedCall;
import io.latchkey.keycloak.RawRequestHeaders;
import io.latchkey.model.Credits;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/**
 * Holds what a gateway says about the price of a call.
 *
 * @param named where it knows better than the price list of the API
 * @param next what is called when the same is asked again; must hold on to no session
 * @param settled whether it is charged at once, whatever becomes of the call
 * @param dry whether it is a question only
 */
record PricingOptions(
        Optional<Credits> named,
        Supplier<PricedCall> call,
        Function<RawRequestHeaders, PricedCall> next,
        boolean settled,
        boolean dry) {

    /** For a key that anybody may have, who could ask here without a gateway: the price list knows best. */
    PricingOptions listed() {
        return new PricingOptions(Optional.empty(), call, next, settled, dry);
    }

    Optional<PendingCharge> pendingCharge(ApiKeysProvider apiKeysProvider, RealmModel realm, ClientModel api) {
        // Even what is charged at once waits until there is a token: the call may not be let through.
        return apiKeysProvider.pendingCharge(realm, api, call, named, dry ? ChargeMode.QUOTE : ChargeMode.RESERVE);
    }

    /** The call that a gateway asks about: Traefik and Caddy say it themselves. */
    static PricedCall call(RawRequestHeaders headers) {
        return PricedCall.of(headers.only("X-Forwarded-Method"), headers.only("X-Forwarded-Uri"));
    }

    /** Whoever is not let through has not been served. */
    ForwardAuthResult paid(Optional<PendingCharge> pendingCharge, ForwardAuthResult forwardAuthResult) {
        if (pendingCharge.isEmpty()) {
            return forwardAuthResult;
        }
        if (!(forwardAuthResult instanceof ForwardAuthResult.Open open)) {
            pendingCharge.get().release();
            return forwardAuthResult;
        }
        if (settled) {
            pendingCharge.get().settle();
        }
        Optional<ChargeResult> charge = pendingCharge.get().result();
        return charge.filter(made -> !(made instanceof ChargeResult.Paid))
                .<ForwardAuthResult>map(ForwardAuthResult.Unpaid::new)
                .orElseGet(() -> open.charged(charge));
    }
}
