package io.latchkey.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.credits.Charge;
import io.latchkey.credits.Charge.Reservation;
import io.latchkey.credits.Charge.Standing;
import io.latchkey.model.Credits;
import io.latchkey.model.ReservationId;
import io.latchkey.model.Settlement;
import java.io.IOException;
import java.util.Optional;

/** The representation of credits in answers: exact numbers. */
public final class CreditsJson {

    private CreditsJson() {}

    /** What became of the price of a call; null where it has none. */
    public static void write(JsonGenerator json, Optional<Charge> charge) throws IOException {
        if (charge.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        if (charge.get() instanceof Charge.Paid paid) {
            write(json, "cost", paid.cost());
            Optional<Reservation> reservation = paid.reservation();
            write(json, "reservation", reservation.map(Reservation::id).map(ReservationId::toString));
            write(json, "expiresAt", reservation.map(Reservation::expires).map(InstantText::of));
            describe(json, paid.standing());
        } else if (charge.get() instanceof Charge.Exhausted exhausted) {
            write(json, "cost", exhausted.cost());
            describe(json, exhausted.standing());
        } else {
            write(json, "cost", ((Charge.Unavailable) charge.get()).cost());
        }
        json.writeEndObject();
    }

    private static void describe(JsonGenerator json, Standing standing) throws IOException {
        if (!standing.isKnown()) {
            return;
        }
        write(json, "granted", standing.granted());
        write(json, "remaining", standing.remaining());
        write(json, "resetsAt", standing.resets().map(InstantText::of));
    }

    private static void write(JsonGenerator json, String field, Credits credits) throws IOException {
        json.writeFieldName(field);
        json.writeNumber(credits.toString());
    }

    private static void write(JsonGenerator json, String field, Optional<String> text) throws IOException {
        json.writeFieldName(field);
        if (text.isPresent()) {
            json.writeString(text.get());
        } else {
            json.writeNull();
        }
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
