package io.latchkey.forwardauth;

import io.latchkey.ApiKeysProvider;
import io.latchkey.charging.Charge;
import io.latchkey.charging.ChargeMode;
import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.MethodAndPath;
import io.latchkey.charging.PendingCharge;
import io.latchkey.keycloak.RawRequestHeaders;
import io.latchkey.model.CreditAmount;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/**
 * Holds a gateway's options for the price of a call, and settles or releases the charge accordingly.
 *
 * @param named by the gateway, in place of the price list of the API
 * @param next reads the call of a later, cached request; must not reference the session
 * @param settled whether to charge at once, without a later settlement
 * @param dry whether to quote the price only
 */
record PricingOptions(
        Optional<CreditAmount> named,
        Supplier<MethodAndPath> call,
        Function<RawRequestHeaders, MethodAndPath> next,
        boolean settled,
        boolean dry) {

    /** For a publishable key, whose holder could call forward-auth without a gateway: only the price list counts. */
    PricingOptions listed() {
        return new PricingOptions(Optional.empty(), call, next, settled, dry);
    }

    Optional<PendingCharge> pendingCharge(ApiKeysProvider apiKeysProvider, RealmModel realm, ClientModel api) {
        // Reserves first in any case, since the call may still be refused.
        return apiKeysProvider.pendingCharge(realm, api, call, named, dry ? ChargeMode.QUOTE : ChargeMode.RESERVE);
    }

    /** The call that a gateway asks about; Traefik and Caddy send these headers themselves. */
    static MethodAndPath call(RawRequestHeaders headers) {
        return MethodAndPath.of(headers.only("X-Forwarded-Method"), headers.only("X-Forwarded-Uri"));
    }

    /** Releases the reservation unless the call is allowed. */
    ForwardAuthResult paid(Optional<Charge> made, ForwardAuthResult result) {
        if (!(result instanceof ForwardAuthResult.Allowed open)) {
            made.ifPresent(Charge::release);
            return result;
        }
        Optional<Charge> charge = settled ? made.map(Charge::settle) : made;
        return charge.map(Charge::result)
                .filter(now -> !(now instanceof ChargeResult.Paid))
                .<ForwardAuthResult>map(ForwardAuthResult.ChargeFailed::new)
                .orElseGet(() -> open.charged(charge));
    }
}
