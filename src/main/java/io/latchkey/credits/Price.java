package io.latchkey.credits;

import io.latchkey.model.Credits;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What calls of an API cost.
 *
 * @param named by whoever knows better than the price list, whatever the call
 */
public record Price(Optional<Credits> named, PriceList list) {

    /** @param call asked for only where it matters */
    Credits of(Supplier<ApiCall> call) {
        return named.orElseGet(() -> list.price(call));
    }
}
