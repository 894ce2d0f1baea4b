package io.latchkey.forwardauth;

import io.latchkey.charging.Charge;
import io.latchkey.charging.ChargeResult;
import io.latchkey.http.Problem;
import io.latchkey.http.ProblemType;
import io.latchkey.key.KeyId;
import io.latchkey.key.PresentedKey;
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
     * @param authorization header for the API behind the gateway; empty if the key gives no token
     * @param charge empty if the call has no price
     */
    record Allowed(
            Optional<String> authorization,
            UserModel user,
            List<String> scopes,
            Optional<KeyId> key,
            Optional<Charge> charge)
            implements ForwardAuthResult {

        Allowed charged(Optional<Charge> made) {
            return new Allowed(authorization, user, scopes, key, made);
        }
    }

    /** No valid key or token. */
    record Unauthorized(RealmModel realm) implements ForwardAuthResult {}

    /** A valid caller who may not do this. */
    record Forbidden(String detail) implements ForwardAuthResult {}

    /** The token is too large for the gateways' header buffers. */
    record TokenTooLarge(String detail) implements ForwardAuthResult {}

    /** The key or its owner is over a limit. */
    record RateLimited(Rejected rejected) implements ForwardAuthResult {}

    /** Too few credits, or the ledger cannot be read. */
    record ChargeFailed(ChargeResult charge) implements ForwardAuthResult {}

    /** The request headers that the response depends on. */
    String VARY = PresentedKey.HEADER + ", Authorization, Origin";

    /** Response headers that pages of other origins may read. */
    String READABLE = "Retry-After, RateLimit, RateLimit-Policy, WWW-Authenticate";

    /**
     * The most bytes of identity headers: the gateways in docker/gateways pass on so many, and nginx answers 503 to
     * anything longer.
     */
    int MAX_IDENTITY_BYTES = 28 * 1024;

    default Response toResponse() {
        if (this instanceof Allowed open) {
            Response.ResponseBuilder response = Response.ok("", MediaType.TEXT_PLAIN_TYPE)
                    .header("Cache-Control", "no-store")
                    .header("Vary", VARY)
                    .header("X-Auth-Subject", HeaderText.of(open.user().getId()))
                    .header("X-Auth-Username", HeaderText.of(open.user().getUsername()))
                    .header("X-Auth-Scopes", String.join(" ", open.scopes()));
            open.authorization().ifPresent(value -> response.header("Authorization", value));
            open.key().ifPresent(id -> response.header("X-Auth-Key-Id", id.value()));
            open.charge().ifPresent(charge -> CreditsHeaders.add(response::header, charge.result()));
            return response.build();
        }
        // Pages of any origin may read a refusal: it contains no personal data.
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
        if (this instanceof ChargeFailed unpaid) {
            Problem problem = unpaid.charge() instanceof ChargeResult.Exhausted
                    ? ProblemType.CREDITS_EXHAUSTED.problem()
                    : ProblemType.CREDITS_UNAVAILABLE.problem();
            Response.ResponseBuilder response = Response.fromResponse(problem.toResponse());
            CreditsHeaders.add(response::header, unpaid.charge());
            return response.build();
        }
        if (this instanceof TokenTooLarge large) {
            return Response.fromResponse(
                            ProblemType.TOKEN_TOO_LARGE.problem(large.detail()).toResponse())
                    .header("X-Auth-Problem", "token-too-large")
                    .build();
        }
        return this instanceof Forbidden forbidden
                ? ProblemType.FORBIDDEN.problem(forbidden.detail()).toResponse()
                : KeyChallenge.rateLimited(((RateLimited) this).rejected()).toResponse();
    }
}
