package io.latchkey.rest.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.credits.SettlementResult;
import io.latchkey.http.Problem;
import io.latchkey.model.Settlement;
import io.latchkey.rest.CreditsJson;
import io.latchkey.rest.KeyResponses;
import jakarta.ws.rs.core.Response;

/** What a client is told that wanted to end a reservation. */
sealed interface SettlementResponse {

    /** @param status of HTTP */
    record Done(int status, Settlement settlement) implements SettlementResponse {}

    record Refused(Problem problem) implements SettlementResponse {}

    static SettlementResponse of(Settlement wish, SettlementResult ending) {
        if (ending instanceof SettlementResult.Ended ended) {
            return done(200, wish, ended.settlement());
        }
        if (ending instanceof SettlementResult.Recorded recorded) {
            return done(202, wish, recorded.settlement());
        }
        return new Refused(
                ending instanceof SettlementResult.Unknown ? Problem.notFound() : Problem.creditsUnavailable());
    }

    private static SettlementResponse done(int status, Settlement wish, Settlement now) {
        String outcome = now.outcome().label();
        return now.outcome() == wish.outcome()
                ? new Done(status, now)
                : new Refused(
                        Problem.conflict("reservation-" + outcome, "The reservation was " + outcome + " before."));
    }

    default Response toResponse() {
        if (this instanceof Done done) {
            return Response.fromResponse(KeyResponses.ok(CreditsJson.of(done.settlement())))
                    .status(done.status())
                    .build();
        }
        return ((Refused) this).problem().toResponse();
    }

    /** For a caller that is content to know it is done (RFC 7240); what was refused says why. */
    default Response toMinimalResponse() {
        if (this instanceof Done done) {
            return Response.status(done.status() == 200 ? 204 : done.status())
                    .header("Cache-Control", "no-store")
                    .header("Preference-Applied", "return=minimal")
                    .build();
        }
        return toResponse();
    }

    /** As an item of a list, with the status it would have alone. */
    default ObjectNode toJson() {
        return this instanceof Done done
                ? CreditsJson.of(done.settlement()).put("status", done.status())
                : ((Refused) this).problem().toJson();
    }
}
