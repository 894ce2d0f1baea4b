package io.latchkey.rest.self;

import io.latchkey.ApiKeysProvider;
import io.latchkey.events.KeyChangeListener;
import io.latchkey.events.KeyUserEvents;
import io.latchkey.http.ProblemType;
import io.latchkey.key.PresentedKey;
import io.latchkey.keycloak.CallerConnection;
import io.latchkey.verify.KeyIdentification;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.common.ClientConnection;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Runs changes by a key's holder with a bulkhead permit, if the secret is right, and creates the events of this package's
 * endpoints.
 *
 * <p>Only a caller with the right secret waits for a permit of the bulkhead: unauthenticated callers could otherwise hold
 * all permits while another node hangs, and the wait would reveal which ids exist.
 */
final class HolderChangeGuard {

    private final KeycloakSession session;
    // The sessions that make changes have no connection of their own.
    private final ClientConnection connection;

    HolderChangeGuard(KeycloakSession session) {
        this.session = session;
        this.connection = CallerConnection.of(session);
    }

    /** Writes the events of changes made in that session. */
    KeyChangeListener audit(KeycloakSession inner) {
        return KeyUserEvents.of(inner, inner.getContext().getRealm(), connection);
    }

    /** Begins the event of a failed use at that endpoint. */
    EventBuilder failure(String endpoint) {
        return KeyUserEvents.ofUse(endpoint, session);
    }

    /** @param change also refuses callers without the right secret */
    Response change(Optional<String> presented, Supplier<Response> change) {
        return presented.filter(this::isHeld).isPresent()
                ? ApiKeysProvider.of(session).withPermit(change).orElseGet(() -> ProblemType.BUSY.toResponse())
                : change.get();
    }

    /** In a transaction of its own, so that no connection to the database is kept while the turn is waited for. */
    private boolean isHeld(String presented) {
        return PresentedKey.parse(presented).isPresent()
                && KeycloakModelUtils.runJobInTransactionWithResult(
                        session.getKeycloakSessionFactory(),
                        session.getContext(),
                        inner -> ApiKeysProvider.of(inner)
                                        .verifier()
                                        .identify(inner.getContext().getRealm(), presented)
                                instanceof KeyIdentification.Key,
                        "Holder of an API key");
    }
}
