package io.latchkey.gateway;

import io.latchkey.credits.Charge;
import io.latchkey.credits.Charge.Standing;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a gateway is told about the price of a call, in headers. */
final class CreditsHeaders {

    private CreditsHeaders() {}

    static Map<String, String> of(Charge charge) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (charge instanceof Charge.Paid paid) {
            headers.put("X-Auth-Credits-Cost", paid.cost().toString());
            paid.reservation()
                    .ifPresent(reservation ->
                            headers.put("X-Auth-Reservation", reservation.id().toString()));
            describe(headers, paid.standing());
        } else if (charge instanceof Charge.Exhausted exhausted) {
            headers.put("X-Auth-Credits-Cost", exhausted.cost().toString());
            describe(headers, exhausted.standing());
        }
        return headers;
    }

    private static void describe(Map<String, String> headers, Standing standing) {
        headers.put("X-Auth-Credits-Remaining", standing.remaining().toString());
        standing.resets().ifPresent(moment -> headers.put("X-Auth-Credits-Reset", moment.toString()));
    }
}
