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
import java.util.Optional;

/**
 * Turns the reply to a settlement into a response or into an item of a batch response.
 *
 * @param status HTTP status of success
 */
record SettlementResponse(Settlement settlement, int status, Optional<Problem> refusal) {

    static SettlementResponse of(Settlement requested, SettlementReply reply) {
        ProblemType otherwise =
                reply instanceof SettlementReply.Unknown ? ProblemType.NOT_FOUND : ProblemType.CREDITS_UNAVAILABLE;
        return reply.outcome()
                .map(actual -> new SettlementResponse(
                        actual, reply instanceof SettlementReply.Recorded ? 202 : 200, refusal(requested, actual)))
                .orElseGet(() -> new SettlementResponse(requested, 0, Optional.of(otherwise.problem())));
    }

    private static Optional<Problem> refusal(Settlement requested, Settlement actual) {
        return Optional.of(actual.outcome())
                .filter(outcome -> outcome != requested.outcome())
                .map(outcome ->
                        ProblemType.valueOf("RESERVATION_" + outcome.name()).problem());
    }

    Response toResponse() {
        return refusal.map(Problem::toResponse)
                .orElseGet(() -> Response.fromResponse(KeyResponses.ok(document()))
                        .status(status)
                        .build());
    }

    /** Without a body for success ({@code Prefer: return=minimal}, RFC 7240); refusals keep theirs. */
    Response toMinimalResponse() {
        return refusal.map(Problem::toResponse)
                .orElseGet(() -> Response.status(status == 200 ? 204 : status)
                        .header("Cache-Control", "no-store")
                        .header("Preference-Applied", "return=minimal")
                        .build());
    }

    /** An item of a batch response, with the status that a single response would have. */
    ObjectNode toJson() {
        return refusal.map(Problem::toJson).orElseGet(() -> document().put("status", status));
    }

    private ObjectNode document() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("reservation", settlement.id().toString())
                .put("outcome", settlement.outcome().label());
        return ChargeJson.put(json, "charged", settlement.charged());
    }
}
