package io.latchkey.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.ChargeResult.AllowanceStatus;
import io.latchkey.charging.ChargeResult.Reservation;
import io.latchkey.model.CreditAmount;
import java.time.Instant;
import java.util.Optional;

/** Writes the result of a charge, and amounts of credits, as JSON with exact numbers. */
public final class ChargeJson {

    private ChargeJson() {}

    /** The result of a charge, or null for a call without price. */
    public static JsonNode of(Optional<ChargeResult> charge) {
        if (charge.isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (charge.get() instanceof ChargeResult.Paid paid) {
            put(json, "cost", paid.cost());
            Optional<Reservation> reservation = paid.reservation();
            json.put("reservation", reservation.map(Reservation::id).orElse(null));
            json.put("expiresAt", text(reservation.map(Reservation::expires)));
            describe(json, paid.allowanceStatus());
        } else if (charge.get() instanceof ChargeResult.Exhausted exhausted) {
            put(json, "cost", exhausted.cost());
            describe(json, exhausted.allowanceStatus());
        } else {
            put(json, "cost", ((ChargeResult.Unavailable) charge.get()).cost());
        }
        return json;
    }

    private static void describe(ObjectNode json, AllowanceStatus status) {
        if (status.isKnown()) {
            put(json, "granted", status.granted());
            put(json, "remaining", status.remaining());
            json.put("resetsAt", text(status.resets()));
        }
    }

    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }

    public static ObjectNode put(ObjectNode json, String field, CreditAmount credits) {
        return json.put(field, credits.toDecimal());
    }
}
