package io.latchkey.rest.self;

import io.latchkey.ApiKeysProvider;
import io.latchkey.http.ProblemType;
import io.latchkey.key.PresentedKey;
import io.latchkey.verify.KeyPossession;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Admits changes by the holder of a key to the bulkhead. Only a caller with the right secret waits for a permit:
 * unauthenticated callers could otherwise hold all permits while another node hangs, and the wait would reveal which ids
 * exist.
 */
final class KeyHolderBulkhead {

    private final KeycloakSession session;

    KeyHolderBulkhead(KeycloakSession session) {
        this.session = session;
    }

    /** @param change also refuses those who hold no key */
    Response take(Optional<String> presented, Supplier<Response> change) {
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
                                        .possession(inner.getContext().getRealm(), presented)
                                instanceof KeyPossession.Key,
                        "Holder of an API key");
    }
}
