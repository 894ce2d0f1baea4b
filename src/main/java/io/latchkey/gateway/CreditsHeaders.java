package io.latchkey.gateway;

import io.latchkey.credits.Charge;
import io.latchkey.credits.Charge.Standing;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a gateway is told about the price of a call, in headers. */
final class CreditsHeaders {

    private static final String COST = "X-Auth-Credits-Cost";
    private static final String RESERVATION = "X-Auth-Reservation";
    private static final String REMAINING = "X-Auth-Credits-Remaining";
    private static final String RESET = "X-Auth-Credits-Reset";

    private CreditsHeaders() {}

    /** The same answer about another call. */
    static Response again(Response before, Optional<Charge> charge) {
        if (charge.isEmpty()) {
            return before;
        }
        Response.ResponseBuilder answer = Response.fromResponse(before);
        Stream.of(COST, RESERVATION, REMAINING, RESET).forEach(name -> answer.header(name, null));
        of(charge.get()).forEach(answer::header);
        return answer.build();
    }

    static Map<String, String> of(Charge charge) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (charge instanceof Charge.Paid paid) {
            headers.put(COST, paid.cost().toString());
            paid.reservation()
                    .ifPresent(reservation ->
                            headers.put(RESERVATION, reservation.id().toString()));
            describe(headers, paid.standing());
        } else if (charge instanceof Charge.Exhausted exhausted) {
            headers.put(COST, exhausted.cost().toString());
            describe(headers, exhausted.standing());
        }
        return headers;
    }

    private static void describe(Map<String, String> headers, Standing standing) {
        if (standing.isKnown()) {
            headers.put(REMAINING, standing.remaining().toString());
        }
        standing.resets().ifPresent(moment -> headers.put(RESET, moment.toString()));
    }
}
