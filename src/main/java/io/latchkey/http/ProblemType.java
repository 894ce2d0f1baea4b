package io.latchkey.http;

import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Locale;

/** Lists every type of problem (RFC 9457) with its HTTP status, its title and the detail that it has by default. */
public enum ProblemType {
    INVALID_REQUEST(400, "Invalid request", "The request cannot be understood."),
    UNAUTHORIZED(401, "Unauthorized", "A valid access token is required."),
    /** The response never says what was wrong with a key. */
    KEY_REQUIRED(401, "Unauthorized", "A valid API key is required."),
    INVALID_CLIENT(401, "Unauthorized", "A confidential client has to authenticate."),
    FORBIDDEN(403, "Forbidden", "Your permissions do not include this."),
    CLIENT_NOT_ALLOWED(403, "Client not allowed", "The client of the token does not manage keys."),
    IMPERSONATED(403, "Impersonated", "The token does not show that its user has signed in."),
    REAUTHENTICATION_REQUIRED(403, "Sign in again", "This needs a more recent login."),
    TOKEN_TOO_LARGE(403, "Token too large", "The token of the key does not fit into a header."),
    PLAN_REQUIRED(403, "Plan required", "A plan is required to make keys."),
    NOT_FOUND(404, "Not found", "There is nothing here."),
    METHOD_NOT_ALLOWED(405, "Method not allowed", "This resource does not take this method."),
    NOT_ACCEPTABLE(406, "Not acceptable", "There is no representation of the wanted type."),
    TOO_MANY_KEYS(409, "Conflict", "The owner has as many keys as allowed."),
    NAME_TAKEN(409, "Conflict", "Another key of the owner has this name."),
    KEY_NOT_USABLE(409, "Conflict", "The key has ended."),
    ALREADY_ROTATED(409, "Conflict", "The key was replaced."),
    IDEMPOTENCY_KEY_REUSED(409, "Conflict", "The same Idempotency-Key came with another request."),
    RESERVATION_SETTLED(409, "Conflict", "The reservation was settled before."),
    RESERVATION_RELEASED(409, "Conflict", "The reservation was released before."),
    RESERVATION_EXPIRED(409, "Conflict", "The reservation was expired before."),
    PRECONDITION_FAILED(412, "Precondition failed", "It was changed meanwhile; read it again."),
    TOO_LARGE(413, "Too large", "The request is too large."),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type", "The request has another media type."),
    RATE_LIMITED(429, "Too many requests", "This API key is used more often than it may be."),
    TOO_MANY_WRONG_KEYS(429, "Too many requests", "Too many API keys from this address were not accepted."),
    CREDITS_EXHAUSTED(429, "Credits exhausted", "There are not enough credits left for this call."),
    /** Another participant of the transaction failed, so nothing was changed. */
    NOT_COMMITTED(500, "Not committed", "The change was undone, because another part of it has failed."),
    BUSY(503, "Busy", "Too many keys are being changed at the moment."),
    UNAVAILABLE(503, "Unavailable", "This cannot be decided or done at the moment."),
    HOOK_MISSING(
            503, "Hook missing", "API keys are off on this server, because Keycloak does not use all that they need."),
    CREDITS_UNAVAILABLE(503, "Credits unavailable", "Credits cannot be charged at the moment.");

    private static final String TYPES = "https://latchkey.io/problems/";

    private final int status;
    private final String title;
    private final String detail;

    ProblemType(int status, String title, String detail) {
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    public int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** The last part of the type's address, such as {@code too-many-keys}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    URI uri() {
        return URI.create(TYPES + slug());
    }

    public Problem problem() {
        return problem(detail);
    }

    /** @param sentence one sentence for the reader */
    public Problem problem(String sentence) {
        return new Problem(this, sentence);
    }

    public Response toResponse() {
        return problem().toResponse();
    }
}
