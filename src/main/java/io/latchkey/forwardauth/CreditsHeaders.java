package io.latchkey.forwardauth;

import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.ChargeResult.AllowanceStatus;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Writes the price of a call and its reservation into response headers for a gateway. */
final class CreditsHeaders {

    private static final String COST = "X-Auth-Credits-Cost";
    private static final String RESERVATION = "X-Auth-Reservation";
    private static final String REMAINING = "X-Auth-Credits-Remaining";
    private static final String RESET = "X-Auth-Credits-Reset";

    private CreditsHeaders() {}

    static void remove(ResponseBuilder answer) {
        Stream.of(COST, RESERVATION, REMAINING, RESET).forEach(name -> answer.header(name, null));
    }

    static void add(BiConsumer<String, String> headers, ChargeResult charge) {
        if (charge instanceof ChargeResult.Paid paid) {
            headers.accept(COST, paid.cost().toString());
            paid.reservation().ifPresent(reservation -> headers.accept(RESERVATION, reservation.id()));
            describe(headers, paid.allowanceStatus());
        } else if (charge instanceof ChargeResult.Exhausted exhausted) {
            headers.accept(COST, exhausted.cost().toString());
            describe(headers, exhausted.allowanceStatus());
        }
    }

    private static void describe(BiConsumer<String, String> headers, AllowanceStatus status) {
        if (status.isKnown()) {
            headers.accept(REMAINING, status.remaining().toString());
        }
        status.resets().ifPresent(moment -> headers.accept(RESET, moment.toString()));
    }
}
