package io.latchkey.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.ChargeResult.AllowanceStatus;
import io.latchkey.charging.ChargeResult.Reservation;
import io.latchkey.model.Credits;
import java.time.Instant;
import java.util.Optional;

/** Writes credits as JSON with exact numbers. */
public final class CreditsJson {

    private CreditsJson() {}

    /** Writes the result of a charge, or null for a call without price. No value needs escaping. */
    public static void write(StringBuilder json, Optional<ChargeResult> charge) {
        if (charge.isEmpty()) {
            json.append("null");
        } else if (charge.get() instanceof ChargeResult.Paid paid) {
            amount(json, "{\"cost\":", paid.cost());
            Optional<Reservation> reservation = paid.reservation();
            text(json, ",\"reservation\":", reservation.map(Reservation::id));
            text(json, ",\"expiresAt\":", reservation.map(Reservation::expires).map(Instant::toString));
            describe(json, paid.allowanceStatus());
        } else if (charge.get() instanceof ChargeResult.Exhausted exhausted) {
            amount(json, "{\"cost\":", exhausted.cost());
            describe(json, exhausted.allowanceStatus());
        } else {
            amount(json, "{\"cost\":", ((ChargeResult.Unavailable) charge.get()).cost());
            json.append('}');
        }
    }

    private static void describe(StringBuilder json, AllowanceStatus status) {
        if (status.isKnown()) {
            amount(json, ",\"granted\":", status.granted());
            amount(json, ",\"remaining\":", status.remaining());
            text(json, ",\"resetsAt\":", status.resets().map(Instant::toString));
        }
        json.append('}');
    }

    private static void amount(StringBuilder json, String member, Credits amount) {
        amount.print(json.append(member));
    }

    private static void text(StringBuilder json, String member, Optional<String> value) {
        json.append(member);
        if (value.isPresent()) {
            json.append('"').append(value.get()).append('"');
        } else {
            json.append("null");
        }
    }

    public static ObjectNode put(ObjectNode json, String field, Credits credits) {
        return json.put(field, credits.toDecimal());
    }
}
