package io.latchkey.credits.pricing;

import io.latchkey.charging.PricedCall;
import io.latchkey.model.Credits;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Prices a call: by the amount in the request, or else by the price list of the API.
 *
 * @param price in the request, which replaces the price list
 */
public record Price(Optional<Credits> explicit, PriceList list) {

    /** @param call read only if the price depends on it */
    public Credits of(Supplier<PricedCall> call) {
        return explicit.orElseGet(() -> list.price(call));
    }
}
