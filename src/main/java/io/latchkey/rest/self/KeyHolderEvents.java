package io.latchkey.rest.self;

import io.latchkey.events.EndpointEvents;
import io.latchkey.events.KeyChangeListener;
import io.latchkey.events.UserEventAudit;
import io.latchkey.keycloak.TrustedClientConnection;
import org.keycloak.common.ClientConnection;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;

/** Writes the events of changes that the holder of a key makes or fails to make. */
final class KeyHolderEvents {

    private final KeycloakSession session;
    // The sessions that make changes have no connection of their own.
    private final ClientConnection connection;

    KeyHolderEvents(KeycloakSession session) {
        this.session = session;
        this.connection = TrustedClientConnection.of(session);
    }

    /** For changes made in another session. */
    KeyChangeListener of(KeycloakSession inner) {
        return UserEventAudit.of(inner, inner.getContext().getRealm(), connection);
    }

    /** A failed use at that door, before it is said what has failed. */
    EventBuilder failure(String door) {
        return EndpointEvents.at(door, session);
    }
}
