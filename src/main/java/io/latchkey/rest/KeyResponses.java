package io.latchkey.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.ApiKeysProvider;
import io.latchkey.http.ETags;
import io.latchkey.http.Problem;
import io.latchkey.http.ProblemType;
import io.latchkey.keys.IssuedKey;
import io.latchkey.keys.KeyChangeRefusal;
import io.latchkey.keys.KeyChangeResult;
import io.latchkey.model.ApiKey;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.keycloak.models.KeycloakSession;

/**
 * Builds HTTP responses from keys and from results of key changes; also the JSON and CSV responses of all other endpoints.
 */
public final class KeyResponses {

    private final KeycloakSession session;
    private final KeyJson json;
    private final String locationHeader;
    private final String realms;

    /**
     * @param locationHeader {@code Location}, or {@code Content-Location} for clients that would fetch what they were just given
     * @param realms path of the realms in the URL tree that lists keys
     */
    public KeyResponses(KeycloakSession session, String locationHeader, String realms) {
        this.session = session;
        this.json = new KeyJson(session);
        this.locationHeader = locationHeader;
        this.realms = realms;
    }

    KeyJson json() {
        return json;
    }

    /** The representations of these keys. */
    public Response list(List<ApiKey> keys) {
        return ok(json.list(keys));
    }

    public static Response ok(JsonNode body) {
        // No object, so that no server-wide setting of Jackson changes our documents; and bytes are written at once.
        return Response.ok(body.toString().getBytes(StandardCharsets.UTF_8), MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .build();
    }

    /** A file for spreadsheets and bills. */
    static Response csv(String text, String fileName) {
        return Response.ok(text.getBytes(StandardCharsets.UTF_8), "text/csv; charset=utf-8; header=present")
                .header("Cache-Control", "no-store")
                .header("Content-Disposition", "attachment; filename=\"" + fileName + "\"")
                .build();
    }

    public Response key(ApiKey key) {
        return Response.fromResponse(ok(json.one(key)))
                .header("ETag", ETags.of(key.version()))
                .build();
    }

    /** A new key with its text. */
    public Response issued(KeyChangeResult<IssuedKey> outcome) {
        return outcome.fold(this::issued, this::refused);
    }

    private Response issued(IssuedKey issued) {
        ObjectNode body = json.one(issued.key());
        body.put("key", issued.secret().reveal());
        URI location = session.getContext()
                .getUri()
                .getBaseUriBuilder()
                .path(realms)
                .path(session.getContext().getRealm().getName())
                .path("api-keys")
                .path(issued.key().id().value())
                .build();
        return Response.status(Response.Status.CREATED)
                .header(locationHeader, location)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .header("ETag", ETags.of(issued.key().version()))
                .entity(body.toString())
                .build();
    }

    public Response changed(KeyChangeResult<ApiKey> outcome) {
        return outcome.fold(this::key, this::refused);
    }

    public Response gone(KeyChangeResult<ApiKey> outcome) {
        return outcome.fold(key -> Response.noContent().build(), this::refused);
    }

    public Response refused(KeyChangeRefusal refusal) {
        return problem(refusal).toResponse();
    }

    private Problem problem(KeyChangeRefusal refusal) {
        return switch (refusal.kind()) {
            case INVALID -> Problem.badRequest(refusal.errors());
            case PLAN_REQUIRED ->
                ApiKeysProvider.of(session)
                        .policy(session.getContext().getRealm())
                        .upgradeUrl()
                        .map(url -> ProblemType.PLAN_REQUIRED.problem().with("upgradeUrl", url.toString()))
                        .orElseGet(ProblemType.PLAN_REQUIRED::problem);
            case NOT_FOUND -> ProblemType.NOT_FOUND.problem();
            case CHANGED_MEANWHILE -> ProblemType.PRECONDITION_FAILED.problem();
            default -> type(refusal.kind()).problem(refusal.detail());
        };
    }

    /** The type of the problem that reports a refusal. */
    public static ProblemType type(KeyChangeRefusal.Kind kind) {
        return switch (kind) {
            case INVALID -> ProblemType.INVALID_REQUEST;
            case NOT_ALLOWED -> ProblemType.FORBIDDEN;
            case CLIENT_NOT_ALLOWED -> ProblemType.CLIENT_NOT_ALLOWED;
            case IMPERSONATED -> ProblemType.IMPERSONATED;
            case PLAN_REQUIRED -> ProblemType.PLAN_REQUIRED;
            case LIMIT_REACHED -> ProblemType.TOO_MANY_KEYS;
            case NAME_TAKEN -> ProblemType.NAME_TAKEN;
            case NOT_FOUND -> ProblemType.NOT_FOUND;
            case CHANGED_MEANWHILE -> ProblemType.PRECONDITION_FAILED;
            case NOT_USABLE -> ProblemType.KEY_NOT_USABLE;
            case ALREADY_ROTATED -> ProblemType.ALREADY_ROTATED;
            case REQUEST_DIFFERS -> ProblemType.IDEMPOTENCY_KEY_REUSED;
        };
    }
}
