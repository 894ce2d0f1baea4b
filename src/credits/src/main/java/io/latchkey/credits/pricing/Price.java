package io.latchkey.credits.pricing;

import io.latchkey.charging.MethodAndPath;
import io.latchkey.model.CreditAmount;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Prices a call: by the amount in the request, or else by the price list of the API.
 *
 * @param price in the request, which replaces the price list
 */
public record Price(Optional<CreditAmount> explicit, PriceList list) {

    /** @param call read only if the price depends on it */
    public CreditAmount of(Supplier<MethodAndPath> call) {
        return explicit.orElseGet(() -> list.price(call));
    }
}
