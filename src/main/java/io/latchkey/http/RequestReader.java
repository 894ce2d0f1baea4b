package io.latchkey.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.keycloak.models.KeycloakSession;

/**
 * Reads body, query parameters and headers of the current request, and responds with a problem when the body is invalid.
 */
public final class RequestReader {

    private static final Set<String> JSON = Set.of(MediaType.APPLICATION_JSON, "application/merge-patch+json");

    private static final String JSON_OR_FORM =
            MediaType.APPLICATION_JSON + " or " + MediaType.APPLICATION_FORM_URLENCODED;

    private static final MediaType CSV = new MediaType("text", "csv");

    private final KeycloakSession session;

    public RequestReader(KeycloakSession session) {
        this.session = session;
    }

    /** Works with the JSON object in the body, or answers with what is wrong with it. */
    public Response json(byte[] body, Function<ObjectNode, Response> work) {
        return json(body, JsonBody.MAX_BYTES, work);
    }

    /** As {@link #json(byte[], Function)}, for documents that may have another size. */
    public Response json(byte[] body, int maxBytes, Function<ObjectNode, Response> work) {
        return json(body, maxBytes, MediaType.APPLICATION_JSON, work);
    }

    /** As {@link #json}, where the members may come as parameters of a form. */
    public Response jsonOrForm(byte[] body, int maxBytes, Function<ObjectNode, Response> work) {
        return sendsForm() ? JsonBody.read(form()).respond(work) : json(body, maxBytes, JSON_OR_FORM, work);
    }

    private Response json(byte[] body, int maxBytes, String accepted, Function<ObjectNode, Response> work) {
        return mediaType().filter(type -> !JSON.contains(type)).isPresent()
                ? Problem.unsupportedMediaType(accepted).toResponse()
                : JsonBody.read(body == null ? new byte[0] : body, maxBytes).respond(work);
    }

    /** As {@link #json}, where no body means an empty object. */
    public Response optionalJson(byte[] body, Function<ObjectNode, Response> work) {
        return body == null || body.length == 0 ? work.apply(JsonNodeFactory.instance.objectNode()) : json(body, work);
    }

    /** As it was sent, without parameters. */
    private Optional<String> mediaType() {
        return header(HttpHeaders.CONTENT_TYPE)
                .map(text -> text.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    /** The value of a query parameter; of several, the last. Null when there is none. */
    public String query(String name) {
        MultivaluedMap<String, String> query =
                session.getContext().getHttpRequest().getUri().getQueryParameters();
        List<String> values = query.get(name);
        return values == null || values.isEmpty() ? null : values.get(values.size() - 1);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers().getHeaderString(name));
    }

    /** The value of a header that was sent exactly once. */
    public Optional<String> onlyHeader(String name) {
        List<String> sent = headers().getRequestHeader(name);
        return sent != null && sent.size() == 1 ? Optional.of(sent.get(0)) : Optional.empty();
    }

    /** Whether comma-separated values are wanted rather than JSON. */
    public boolean prefersCsv() {
        return headers().getAcceptableMediaTypes().stream()
                .filter(type -> type.isCompatible(CSV) || type.isCompatible(MediaType.APPLICATION_JSON_TYPE))
                .findFirst()
                .filter(type -> !type.isCompatible(MediaType.APPLICATION_JSON_TYPE))
                .isPresent();
    }

    /** Works with the form in the body, or answers that there is none. */
    public Response form(Function<MultivaluedMap<String, String>, Response> work) {
        return sendsForm()
                ? work.apply(form())
                : Problem.unsupportedMediaType(MediaType.APPLICATION_FORM_URLENCODED)
                        .toResponse();
    }

    private MultivaluedMap<String, String> form() {
        return session.getContext().getHttpRequest().getDecodedFormParameters();
    }

    public boolean sendsForm() {
        return mediaType().filter(MediaType.APPLICATION_FORM_URLENCODED::equals).isPresent();
    }

    /** Whether a version is one the caller's {@code If-Match} allows. */
    public IntPredicate ifMatch() {
        Optional<String> condition = header(HttpHeaders.IF_MATCH);
        return version -> ETags.matches(condition, version);
    }

    private HttpHeaders headers() {
        return session.getContext().getRequestHeaders();
    }
}
