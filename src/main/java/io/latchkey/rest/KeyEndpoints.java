package io.latchkey.rest;

import io.latchkey.ApiKeysProvider;
import io.latchkey.events.KeyChangeListener;
import io.latchkey.http.JsonFields;
import io.latchkey.http.ProblemType;
import io.latchkey.http.RequestReader;
import io.latchkey.keys.Actor;
import io.latchkey.keys.KeyChangeResult;
import io.latchkey.keys.KeyContext;
import io.latchkey.keys.KeyCreation;
import io.latchkey.keys.KeyRevocation;
import io.latchkey.keys.KeyRotation;
import io.latchkey.keys.KeyUpdate;
import io.latchkey.keys.NewKey;
import io.latchkey.keys.RotationRequest;
import io.latchkey.model.ApiKey;
import io.latchkey.model.Owner;
import io.latchkey.model.Revocation;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;

/**
 * Implements creation, update, rotation and revocation for self-service and administration alike, after the permission
 * check.
 */
public final class KeyEndpoints {

    private final ApiKeysProvider apiKeysProvider;
    private final RequestReader requestReader;
    private final KeyResponses keyResponses;
    private final Function<KeycloakSession, KeyChangeListener> audit;

    /** @param audit creates the listener of changes for the session that makes them */
    public KeyEndpoints(
            KeycloakSession session, KeyResponses keyResponses, Function<KeycloakSession, KeyChangeListener> audit) {
        this.apiKeysProvider = ApiKeysProvider.of(session);
        this.requestReader = new RequestReader(session);
        this.keyResponses = keyResponses;
        this.audit = audit;
    }

    /** Runs the change with a permit of the bulkhead, or responds with 503 when none was free in time. */
    public Response withPermit(Supplier<Response> work) {
        return apiKeysProvider.withPermit(work).orElseGet(() -> ProblemType.BUSY.toResponse());
    }

    /** @param owner empty only where reading it has left an error in the fields */
    public Response create(Optional<Owner> owner, JsonFields fields, Actor actor) {
        KeyChangeResult<NewKey> draft = KeyRequestParser.draft(fields);
        return draft.fold(
                wanted -> keyResponses.issued(
                        change(context -> new KeyCreation(context).create(owner.orElseThrow(), wanted, actor))),
                keyResponses::refused);
    }

    public Response edit(ApiKey key, byte[] body, Actor actor) {
        return requestReader.json(
                body,
                document -> KeyRequestParser.change(
                                document, keyResponses.json().one(key), requestReader.ifMatch())
                        .fold(
                                wanted -> keyResponses.changed(
                                        change(context -> new KeyUpdate(context).update(key.id(), wanted, actor))),
                                keyResponses::refused));
    }

    public Response rotate(ApiKey key, byte[] body, Actor actor) {
        return requestReader.optionalJson(body, document -> {
            KeyChangeResult<RotationRequest> order =
                    KeyRequestParser.rotation(JsonFields.of(document), requestReader.header("Idempotency-Key"));
            return order.fold(
                    wanted -> keyResponses.issued(
                            change(context -> new KeyRotation(context).rotate(key.id(), wanted, actor))),
                    keyResponses::refused);
        });
    }

    public Response revoke(ApiKey key, Revocation.Reason reason) {
        return keyResponses.gone(
                change(context -> new KeyRevocation(context).revoke(key.id(), reason, requestReader.ifMatch())));
    }

    public <T> T change(Function<KeyContext, T> work) {
        return apiKeysProvider.change(audit, work);
    }
}
