package io.latchkey.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.credits.ChargeResult;
import io.latchkey.credits.ChargeResult.Reservation;
import io.latchkey.credits.ChargeResult.Standing;
import io.latchkey.http.InstantText;
import io.latchkey.model.Credits;
import io.latchkey.model.ReservationId;
import io.latchkey.model.Settlement;
import java.util.Optional;

/** The representation of credits in answers: exact numbers. */
public final class CreditsJson {

    private CreditsJson() {}

    /** What became of the price of a call; null where it has none. Nothing in it has to be escaped. */
    public static void write(StringBuilder json, Optional<ChargeResult> charge) {
        if (charge.isEmpty()) {
            json.append("null");
        } else if (charge.get() instanceof ChargeResult.Paid paid) {
            amount(json, "{\"cost\":", paid.cost());
            Optional<Reservation> reservation = paid.reservation();
            text(json, ",\"reservation\":", reservation.map(Reservation::id).map(ReservationId::toString));
            text(json, ",\"expiresAt\":", reservation.map(Reservation::expires).map(InstantText::of));
            describe(json, paid.standing());
        } else if (charge.get() instanceof ChargeResult.Exhausted exhausted) {
            amount(json, "{\"cost\":", exhausted.cost());
            describe(json, exhausted.standing());
        } else {
            amount(json, "{\"cost\":", ((ChargeResult.Unavailable) charge.get()).cost());
            json.append('}');
        }
    }

    private static void describe(StringBuilder json, Standing standing) {
        if (standing.isKnown()) {
            amount(json, ",\"granted\":", standing.granted());
            amount(json, ",\"remaining\":", standing.remaining());
            text(json, ",\"resetsAt\":", standing.resets().map(InstantText::of));
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
