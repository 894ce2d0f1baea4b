package io.latchkey.gateway;

import io.latchkey.credits.Charge;
import io.latchkey.credits.Charge.Standing;
import io.latchkey.rest.InstantText;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.stream.Stream;

/** What a gateway is told about the price of a call, in headers. */
final class CreditsHeaders {

    private static final String COST = "X-Auth-Credits-Cost";
    private static final String RESERVATION = "X-Auth-Reservation";
    private static final String REMAINING = "X-Auth-Credits-Remaining";
    private static final String RESET = "X-Auth-Credits-Reset";

    private CreditsHeaders() {}

    static void remove(ResponseBuilder answer) {
        Stream.of(COST, RESERVATION, REMAINING, RESET).forEach(name -> answer.header(name, null));
    }

    static void put(ResponseBuilder answer, Charge charge) {
        if (charge instanceof Charge.Paid paid) {
            answer.header(COST, paid.cost().toString());
            paid.reservation()
                    .ifPresent(reservation ->
                            answer.header(RESERVATION, reservation.id().toString()));
            describe(answer, paid.standing());
        } else if (charge instanceof Charge.Exhausted exhausted) {
            answer.header(COST, exhausted.cost().toString());
            describe(answer, exhausted.standing());
        }
    }

    private static void describe(ResponseBuilder answer, Standing standing) {
        if (standing.isKnown()) {
            answer.header(REMAINING, standing.remaining().toString());
        }
        standing.resets().ifPresent(moment -> answer.header(RESET, InstantText.of(moment)));
    }
}
