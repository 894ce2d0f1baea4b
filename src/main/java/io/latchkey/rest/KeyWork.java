package io.latchkey.rest;

import io.latchkey.ApiKeysProvider;
import io.latchkey.events.KeyChangeListener;
import io.latchkey.keys.Actor;
import io.latchkey.keys.KeyService;
import io.latchkey.keys.NewKey;
import io.latchkey.keys.KeyChangeResult;
import io.latchkey.keys.RotationRequest;
import io.latchkey.model.ApiKey;
import io.latchkey.model.Owner;
import io.latchkey.model.Revocation;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;

/** What owners and administrators do alike with keys, once it is clear that they may. */
public final class KeyWork {

    private final ApiKeysProvider apiKeysProvider;
    private final Incoming incoming;
    private final KeyJson json;
    private final Answers answers;
    private final Function<KeycloakSession, KeyChangeListener> audit;

    /** @param audit who is told of changes, bound to the session that makes them */
    public KeyWork(
            ApiKeysProvider apiKeysProvider,
            Incoming incoming,
            KeyJson json,
            Answers answers,
            Function<KeycloakSession, KeyChangeListener> audit) {
        this.apiKeysProvider = apiKeysProvider;
        this.incoming = incoming;
        this.json = json;
        this.answers = answers;
        this.audit = audit;
    }

    /** Answers when the turn of this change has come, or that it did not come in time. */
    public Response inTurn(Supplier<Response> work) {
        return apiKeysProvider.inTurn(work).orElseGet(() -> Problem.busy().toResponse());
    }

    /** @param owner empty only where reading it has left a violation in the fields */
    public Response create(Optional<Owner> owner, Fields fields, Actor actor) {
        KeyChangeResult<NewKey> draft = KeyFields.draft(fields);
        return draft.fold(
                wanted -> answers.issued(change(desk -> desk.create(owner.orElseThrow(), wanted, actor))),
                answers::refused);
    }

    public Response edit(ApiKey key, byte[] body, Actor actor) {
        return incoming.json(
                body,
                document -> KeyFields.change(document, json.one(key), incoming.ifMatch())
                        .fold(
                                wanted -> answers.changed(change(desk -> desk.change(key.id(), wanted, actor))),
                                answers::refused));
    }

    public Response rotate(ApiKey key, byte[] body, Actor actor) {
        return incoming.optionalJson(body, document -> {
            KeyChangeResult<RotationRequest> order = KeyFields.rotation(Fields.of(document), incoming.header("Idempotency-Key"));
            return order.fold(
                    wanted -> answers.issued(change(desk -> desk.rotate(key.id(), wanted, actor))), answers::refused);
        });
    }

    public Response revoke(ApiKey key, Revocation.Reason reason) {
        return answers.gone(change(desk -> desk.revoke(key.id(), reason, incoming.ifMatch())));
    }

    public <T> T change(Function<KeyService, T> work) {
        return apiKeysProvider.change(audit, work);
    }
}
