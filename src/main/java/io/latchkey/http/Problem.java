package io.latchkey.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.key.KeyRedaction;
import io.latchkey.policy.FieldError;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Represents an error response (RFC 9457).
 *
 * @param detail one sentence for the reader
 * @param errors errors of the request, by field
 * @param members further members of the document, such as {@code upgradeUrl}
 */
public record Problem(ProblemType type, String detail, List<FieldError> errors, Map<String, String> members) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
        members = Map.copyOf(members);
    }

    Problem(ProblemType type, String detail) {
        this(type, detail, List.of(), oauthError(type));
    }

    /** The error code that OAuth clients of the same endpoint look for (RFC 6749, section 5.2). */
    private static Map<String, String> oauthError(ProblemType type) {
        return switch (type) {
            case INVALID_CLIENT -> Map.of("error", "invalid_client");
            case HOOK_MISSING -> Map.of("error", "temporarily_unavailable");
            default -> Map.of();
        };
    }

    public static Problem badRequest(List<FieldError> errors) {
        return ProblemType.INVALID_REQUEST.problem().with(errors);
    }

    public static Problem badRequest(String field, String detail) {
        return badRequest(List.of(new FieldError(field, detail)));
    }

    public static Problem tooLarge(int maxBytes) {
        return ProblemType.TOO_LARGE.problem("The request has more than " + maxBytes + " bytes.");
    }

    /** @param wanted the media type that is read here */
    public static Problem unsupportedMediaType(String wanted) {
        return ProblemType.UNSUPPORTED_MEDIA_TYPE
                .problem("The request must be " + wanted + ".")
                .with(List.of(new FieldError("Content-Type", "must be " + wanted)));
    }

    private Problem with(List<FieldError> errors) {
        return new Problem(type, detail, errors, members);
    }

    public Problem with(String member, String value) {
        Map<String, String> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(type, detail, errors, more);
    }

    public int status() {
        return type.status();
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("type", type.uri().toString())
                .put("title", type.title())
                .put("status", status())
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

    /** A caller may have sent a key as the name of a field, and a program that passes the response on may log it. */
    String toText() {
        return KeyRedaction.redact(toJson().toString());
    }

    private String inOneLine() {
        return errors.isEmpty()
                ? detail
                : errors.stream()
                        .map(error -> error.field() + " " + error.detail())
                        .collect(Collectors.joining("; "));
    }

    public Map<String, String> headers() {
        return switch (status()) {
            case 401 -> Map.of("Cache-Control", "no-store", "WWW-Authenticate", "Bearer");
            case 503 -> Map.of("Cache-Control", "no-store", "Retry-After", "5");
            default -> Map.of("Cache-Control", "no-store");
        };
    }

    public Response toResponse() {
        // As text: which message body writer takes application/problem+json differs between servers.
        Response.ResponseBuilder response =
                Response.status(status()).type(MEDIA_TYPE).entity(toText());
        headers().forEach(response::header);
        return response.build();
    }
}
