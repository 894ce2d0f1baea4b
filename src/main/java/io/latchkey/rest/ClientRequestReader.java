package io.latchkey.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.events.KeyUserEvents;
import io.latchkey.http.JsonBody;
import io.latchkey.http.JsonFields;
import io.latchkey.http.Problem;
import io.latchkey.http.RequestReader;
import io.latchkey.keycloak.ClientAuthentication;
import io.latchkey.policy.FieldError;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Authenticates a confidential client, then reads its request: one request as JSON or as a form, or a batch as JSON. A
 * client that authenticates with a form parameter, such as an assertion, sends a form.
 */
public final class ClientRequestReader {

    /** The most requests of one batch. */
    private static final int MOST = 100;

    private static final String LIST_FAULT =
            "must be one JSON object; send several requests to /batch below this path, as {\"requests\": [...]}";

    private final KeycloakSession session;
    private final String endpoint;
    private final int maxBytes;

    /**
     * @param endpoint where events say that a client failed to authenticate
     * @param maxBytes of a JSON body
     */
    public ClientRequestReader(KeycloakSession session, String endpoint, int maxBytes) {
        this.session = session;
        this.endpoint = endpoint;
        this.maxBytes = maxBytes;
    }

    /** Works with the one request in the body, or answers with what is wrong with it. */
    public <T> Response one(byte[] body, Function<JsonFields, T> reader, BiFunction<ClientModel, T, Response> work) {
        RequestReader requestReader = new RequestReader(session);
        if (requestReader.sendsForm()) {
            if (body.length > maxBytes) {
                return Problem.tooLarge(maxBytes).toResponse();
            }
            // Before the client authenticates: its parameters may be among those of the form.
            if (!ClientAuthentication.setForm(body)) {
                return Problem.badRequest(JsonBody.WHOLE, "must be a form of at most 100 parameters")
                        .toResponse();
            }
        }
        return authenticated(client -> {
            Response response = requestReader.jsonOrForm(body, maxBytes, json -> {
                JsonFields fields = JsonFields.of(json);
                T read = reader.apply(fields);
                List<FieldError> wrong = fields.errors();
                return wrong.isEmpty()
                        ? work.apply(client, read)
                        : Problem.badRequest(wrong).toResponse();
            });
            return response.getStatus() == 400 && isList(body)
                    ? Problem.badRequest(JsonBody.WHOLE, LIST_FAULT).toResponse()
                    : response;
        });
    }

    /**
     * Works with all requests of the member {@code requests}, or with none.
     *
     * @param work answers with one result for each, in their order
     */
    public <T> Response batch(
            byte[] body, Function<JsonFields, T> reader, BiFunction<ClientModel, List<T>, List<ObjectNode>> work) {
        RequestReader requestReader = new RequestReader(session);
        return authenticated(client -> requestReader.json(body, maxBytes, json -> {
            JsonFields fields = JsonFields.of(json);
            List<T> read = fields.required("requests", fields.objects("requests", MOST)).orElse(List.of()).stream()
                    .map(reader)
                    .toList();
            List<FieldError> wrong = fields.errors();
            if (!wrong.isEmpty()) {
                return Problem.badRequest(wrong).toResponse();
            }
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            ArrayNode results = answer.putArray("results");
            work.apply(client, read).forEach(results::add);
            return KeyResponses.ok(answer);
        }));
    }

    /** Whether a JSON body begins as a list. */
    static boolean isList(byte[] body) {
        int start = 0;
        while (start < body.length && Character.isWhitespace(body[start])) {
            start++;
        }
        return start < body.length && body[start] == '[';
    }

    private Response authenticated(Function<ClientModel, Response> work) {
        if (SslAndRealmCheck.closed(session).isPresent()) {
            return KeyChallenge.client(session.getContext().getRealm(), Optional.empty());
        }
        return ClientAuthentication.authenticate(session, KeyUserEvents.ofUse(endpoint, session))
                .map(work)
                .orElseGet(() ->
                        KeyChallenge.client(session.getContext().getRealm(), ClientAuthentication.advice(session)));
    }
}
