package io.latchkey.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.policy.Violation;
import io.latchkey.verify.Reason;
import io.latchkey.verify.Verification.Rejected;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Represents an error response (RFC 9457).
 *
 * @param type stable identifier for programs
 * @param title the type in words
 * @param detail one sentence for the reader
 * @param errors violations of the request, by field
 * @param members further members of the document, such as {@code upgradeUrl}
 */
public record Problem(
        URI type, String title, int status, String detail, List<Violation> errors, Map<String, String> members) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPES = "https://latchkey.io/problems/";

    public Problem {
        errors = List.copyOf(errors);
        members = Map.copyOf(members);
    }

    public static Problem badRequest(List<Violation> violations) {
        return of(400, "invalid-request", "Invalid request", "The request cannot be understood.")
                .with(violations);
    }

    public static Problem badRequest(String field, String detail) {
        return badRequest(List.of(new Violation(field, detail)));
    }

    /** Who are you? */
    public static Problem unauthorized() {
        return of(401, "unauthorized", "Unauthorized", "A valid access token is required.");
    }

    /** A key that can be used here is missing; nobody learns what was wrong with another. */
    public static Problem keyRequired() {
        return of(401, "key-required", "Unauthorized", "A valid API key is required.");
    }

    /** Only clients that can keep a secret may ask this. */
    public static Problem clientRequired(Optional<String> advice) {
        String detail = advice.orElse("A confidential client has to authenticate.");
        return of(401, "invalid-client", "Unauthorized", detail).with("error", "invalid_client");
    }

    /** I know who you are, and no. */
    public static Problem forbidden(String detail) {
        return of(403, "forbidden", "Forbidden", detail);
    }

    /** A good key whose token does not fit into a header. */
    public static Problem tokenTooLarge(String detail) {
        return of(403, "token-too-large", "Token too large", detail);
    }

    /** An administrator whose permissions end before this. */
    public static Problem beyondPermissions() {
        return forbidden("Your permissions do not include this.");
    }

    /** The token is good, but its client is not one that manages keys. */
    public static Problem clientNotAllowed(String detail) {
        return of(403, "client-not-allowed", "Client not allowed", detail);
    }

    /** The token is good, but it does not show that its user has signed in. */
    public static Problem impersonated(String detail) {
        return of(403, "impersonated", "Impersonated", detail);
    }

    /** The token is good, but its login is too old for this. */
    public static Problem reauthenticationRequired() {
        return of(403, "reauthentication-required", "Sign in again", "This needs a more recent login.");
    }

    /** Also for what exists but belongs to somebody else. */
    public static Problem notFound() {
        return of(404, "not-found", "Not found", "There is nothing here.");
    }

    public static Problem methodNotAllowed() {
        return of(405, "method-not-allowed", "Method not allowed", "This resource does not take this method.");
    }

    public static Problem notAcceptable() {
        return of(406, "not-acceptable", "Not acceptable", "There is no representation of the wanted type.");
    }

    /** @param slug last part of the type, such as {@code too-many-keys} */
    public static Problem conflict(String slug, String detail) {
        return of(409, slug, "Conflict", detail);
    }

    public static Problem preconditionFailed() {
        return of(412, "precondition-failed", "Precondition failed", "It was changed meanwhile; read it again.");
    }

    public static Problem tooLarge(int maxBytes) {
        return of(413, "too-large", "Too large", "The request has more than " + maxBytes + " bytes.");
    }

    /** @param wanted the media type that is read here */
    public static Problem unsupportedMediaType(String wanted) {
        return of(415, "unsupported-media-type", "Unsupported media type", "The request must be " + wanted + ".")
                .with(List.of(new Violation("Content-Type", "must be " + wanted)));
    }

    /** A good key that was used too often, or one wrong key too many; how long to wait is in the headers. */
    public static Problem rateLimited(Rejected rejected) {
        return rejected.reason() == Reason.RATE_LIMITED
                ? of(429, "rate-limited", "Too many requests", "This API key is used more often than it may be.")
                : of(
                        429,
                        "too-many-wrong-keys",
                        "Too many requests",
                        "Too many API keys from this address were not accepted.");
    }

    public static Problem planRequired(Optional<URI> upgradeUrl) {
        Problem problem = of(403, "plan-required", "Plan required", "A plan is required to make keys.");
        return upgradeUrl.map(url -> problem.with("upgradeUrl", url.toString())).orElse(problem);
    }

    /** Too much to do at the moment; the same request may be sent again. */
    public static Problem busy() {
        return of(503, "busy", "Busy", "Too many keys are being changed at the moment.");
    }

    /** The database, or something else that the request needs, fails; the same request may be sent again. */
    public static Problem unavailable() {
        return of(503, "unavailable", "Unavailable", "This cannot be decided or done at the moment.");
    }

    /** Nothing was changed, because something that takes part in every change of this server has failed. */
    public static Problem notCommitted() {
        return of(
                500, "not-committed", "Not committed", "The change was undone, because another part of it has failed.");
    }

    /** Keycloak does not use all of this project, so that a rule about keys would not hold; administrators read which at {@code health}. */
    public static Problem hookMissing() {
        return of(
                        503,
                        "hook-missing",
                        "Hook missing",
                        "API keys are off on this server, because Keycloak does not use all that they need.")
                .with("error", "temporarily_unavailable");
    }

    /** The owner cannot pay for this call. */
    public static Problem creditsExhausted() {
        return of(429, "credits-exhausted", "Credits exhausted", "There are not enough credits left for this call.");
    }

    /** Nobody knows how many credits are left; the same request may be sent again. */
    public static Problem creditsUnavailable() {
        return of(503, "credits-unavailable", "Credits unavailable", "Credits cannot be charged at the moment.");
    }

    public Problem with(List<Violation> violations) {
        return new Problem(type, title, status, detail, violations, members);
    }

    public Problem with(String member, String value) {
        Map<String, String> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(type, title, status, detail, errors, more);
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("type", type.toString())
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        if (!errors.isEmpty()) {
            ArrayNode list = json.putArray("errors");
            errors.forEach(error -> list.addObject().put("field", error.field()).put("detail", error.detail()));
        }
        members.forEach(json::put);
        // Where kcadm.sh and Keycloak's consoles look for something to show.
        json.put("errorMessage", inOneLine());
        return json;
    }

    private String inOneLine() {
        return errors.isEmpty()
                ? detail
                : errors.stream()
                        .map(error -> error.field() + " " + error.detail())
                        .collect(Collectors.joining("; "));
    }

    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cache-Control", "no-store");
        if (status == 503) {
            headers.put("Retry-After", "5");
        }
        if (status == 401) {
            headers.put("WWW-Authenticate", "Bearer");
        }
        return headers;
    }

    public Response toResponse() {
        // As text: which message body writer takes application/problem+json differs between servers.
        Response.ResponseBuilder response =
                Response.status(status).type(MEDIA_TYPE).entity(toJson().toString());
        headers().forEach(response::header);
        return response.build();
    }

    private static Problem of(int status, String slug, String title, String detail) {
        return new Problem(URI.create(TYPES + slug), title, status, detail, List.of(), Map.of());
    }
}
