package io.latchkey.events;

import io.latchkey.keycloak.TrustedClientConnection;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/** Creates the event of a use at an endpoint for which Keycloak has begun none. */
public final class EndpointEvents {

    /** Event detail that says where a key was used; no event of Keycloak itself has it. */
    public static final String ENDPOINT = "endpoint";

    private EndpointEvents() {}

    /** In the realm and on behalf of the caller of that session, before it is said how it went. */
    public static EventBuilder at(String endpoint, KeycloakSession session) {
        return new EventBuilder(session.getContext().getRealm(), session, TrustedClientConnection.of(session))
                .event(EventType.OAUTH2_EXTENSION_GRANT)
                .detail(ENDPOINT, endpoint);
    }
}
