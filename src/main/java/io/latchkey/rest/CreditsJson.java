package io.latchkey.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.credits.Charge;
import io.latchkey.credits.Charge.Reservation;
import io.latchkey.credits.Charge.Standing;
import io.latchkey.model.Credits;
import io.latchkey.model.Settlement;
import java.time.Instant;

/** The representation of credits in answers: exact numbers. */
public final class CreditsJson {

    private CreditsJson() {}

    /** What became of the price of a call. */
    public static ObjectNode of(Charge charge) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (charge instanceof Charge.Paid paid) {
            put(json, "cost", paid.cost());
            json.put(
                    "reservation",
                    paid.reservation()
                            .map(Reservation::id)
                            .map(Object::toString)
                            .orElse(null));
            json.put(
                    "expiresAt",
                    paid.reservation()
                            .map(Reservation::expires)
                            .map(Instant::toString)
                            .orElse(null));
            describe(json, paid.standing());
        } else if (charge instanceof Charge.Exhausted exhausted) {
            put(json, "cost", exhausted.cost());
            describe(json, exhausted.standing());
        } else {
            put(json, "cost", ((Charge.Unavailable) charge).cost());
        }
        return json;
    }

    private static void describe(ObjectNode json, Standing standing) {
        if (!standing.isKnown()) {
            return;
        }
        put(json, "granted", standing.granted());
        put(json, "remaining", standing.remaining());
        json.put("resetsAt", standing.resets().map(Instant::toString).orElse(null));
    }

    /** How a reservation has ended. */
    public static ObjectNode of(Settlement settlement) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("reservation", settlement.id().toString())
                .put("outcome", settlement.outcome().label());
        return put(json, "charged", settlement.charged());
    }

    public static ObjectNode put(ObjectNode json, String field, Credits credits) {
        return json.put(field, credits.toDecimal());
    }
}
