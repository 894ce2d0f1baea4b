package io.latchkey.credits.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.credits.lease.SettlementReply;
import io.latchkey.credits.ledger.Settlement;
import io.latchkey.http.Problem;
import io.latchkey.http.ProblemType;
import io.latchkey.rest.ChargeJson;
import io.latchkey.rest.KeyResponses;
import jakarta.ws.rs.core.Response;

/** Turns the result of a settlement into a response or into an item of a batch response. */
sealed interface SettlementResponse {

    /** @param status HTTP status */
    record Done(int status, Settlement settlement) implements SettlementResponse {

        private ObjectNode toObject() {
            ObjectNode json = JsonNodeFactory.instance
                    .objectNode()
                    .put("reservation", settlement.id().toString())
                    .put("outcome", settlement.outcome().label());
            return ChargeJson.put(json, "charged", settlement.charged());
        }
    }

    record Refused(Problem problem) implements SettlementResponse {}

    static SettlementResponse of(Settlement requested, SettlementReply result) {
        if (result instanceof SettlementReply.Ended ended) {
            return done(200, requested, ended.settlement());
        }
        if (result instanceof SettlementReply.Recorded recorded) {
            return done(202, requested, recorded.settlement());
        }
        return new Refused(
                result instanceof SettlementReply.Unknown
                        ? ProblemType.NOT_FOUND.problem()
                        : ProblemType.CREDITS_UNAVAILABLE.problem());
    }

    private static SettlementResponse done(int status, Settlement requested, Settlement actual) {
        return actual.outcome() == requested.outcome()
                ? new Done(status, actual)
                : new Refused(
                        ProblemType.valueOf("RESERVATION_" + actual.outcome().name())
                                .problem());
    }

    default Response toResponse() {
        if (this instanceof Done done) {
            return Response.fromResponse(KeyResponses.ok(done.toObject()))
                    .status(done.status())
                    .build();
        }
        return ((Refused) this).problem().toResponse();
    }

    /** Without a body for success ({@code Prefer: return=minimal}, RFC 7240); refusals keep theirs. */
    default Response toMinimalResponse() {
        if (this instanceof Done done) {
            return Response.status(done.status() == 200 ? 204 : done.status())
                    .header("Cache-Control", "no-store")
                    .header("Preference-Applied", "return=minimal")
                    .build();
        }
        return toResponse();
    }

    /** An item of a batch response, with the status that a single response would have. */
    default ObjectNode toJson() {
        return this instanceof Done done
                ? done.toObject().put("status", done.status())
                : ((Refused) this).problem().toJson();
    }
}
