package io.latchkey.forwardauth;

import io.latchkey.charging.ChargeResult;
import io.latchkey.http.Problem;
import io.latchkey.key.KeyId;
import io.latchkey.rest.KeyChallenge;
import io.latchkey.verify.Verification.Rejected;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Holds the decision of forward-auth and builds its response: allow with identity headers, or refuse. A gateway must not
 * reuse it for another request.
 */
sealed interface ForwardAuthResult {

    /**
     * @param authorization for the API behind the gateway; empty where the key gives no token
     * @param charge what became of the price; empty where there is none
     */
    record Open(
            Optional<String> authorization,
            UserModel user,
            List<String> scopes,
            Optional<KeyId> key,
            Optional<ChargeResult> charge)
            implements ForwardAuthResult {

        Open charged(Optional<ChargeResult> made) {
            return new Open(authorization, user, scopes, key, made);
        }
    }

    /** Nobody in particular. */
    record Unauthorized(RealmModel realm) implements ForwardAuthResult {}

    /** Somebody who may not do this. */
    record Forbidden(String detail) implements ForwardAuthResult {}

    /** Somebody whose token no gateway can pass on. */
    record TooLarge(String detail) implements ForwardAuthResult {}

    /** Somebody who has to wait. */
    record TooSoon(Rejected rejected) implements ForwardAuthResult {}

    /** Somebody who cannot pay for this, or of whom nobody knows. */
    record Unpaid(ChargeResult charge) implements ForwardAuthResult {}

    /** What an answer depends on. */
    String VARY = "X-API-Key, Authorization, Origin";

    /** What pages of other origins may read of a refusal. */
    String READABLE = "Retry-After, RateLimit, RateLimit-Policy, WWW-Authenticate";

    /**
     * The most bytes of an answer's headers that say who the caller is: the gateways in docker/gateways pass on so many, and nginx answers
     * 503 to anything longer.
     */
    int MOST_BYTES = 28 * 1024;

    default Response toResponse() {
        if (this instanceof Open open) {
            Response.ResponseBuilder response = Response.ok("", MediaType.TEXT_PLAIN_TYPE)
                    .header("Cache-Control", "no-store")
                    .header("Vary", VARY)
                    .header("X-Auth-Subject", HeaderText.of(open.user().getId()))
                    .header("X-Auth-Username", HeaderText.of(open.user().getUsername()))
                    .header("X-Auth-Scopes", String.join(" ", open.scopes()));
            open.authorization().ifPresent(value -> response.header("Authorization", value));
            open.key().ifPresent(id -> response.header("X-Auth-Key-Id", id.value()));
            open.charge().ifPresent(charge -> CreditsHeaders.say(response::header, charge));
            return response.build();
        }
        // Pages of any origin may read why: it says nothing of anybody.
        return Response.fromResponse(refusal())
                .header("Vary", VARY)
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Expose-Headers", READABLE)
                .build();
    }

    private Response refusal() {
        if (this instanceof Unauthorized unauthorized) {
            return KeyChallenge.tokenOrKey(unauthorized.realm());
        }
        if (this instanceof Unpaid unpaid) {
            Problem problem = unpaid.charge() instanceof ChargeResult.Exhausted
                    ? Problem.creditsExhausted()
                    : Problem.creditsUnavailable();
            Response.ResponseBuilder response = Response.fromResponse(problem.toResponse());
            CreditsHeaders.say(response::header, unpaid.charge());
            return response.build();
        }
        if (this instanceof TooLarge large) {
            return Response.fromResponse(Problem.tokenTooLarge(large.detail()).toResponse())
                    .header("X-Auth-Problem", "token-too-large")
                    .build();
        }
        return this instanceof Forbidden forbidden
                ? Problem.forbidden(forbidden.detail()).toResponse()
                : Problem.rateLimited(((TooSoon) this).rejected()).toResponse();
    }
}
