package io.latchkey.events;

import io.latchkey.keycloak.CallerConnection;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/** Creates the events of uses at endpoints for which Keycloak itself creates none. */
public final class EndpointEvents {

    /** Event detail that names the endpoint; no event of Keycloak itself has it. */
    public static final String ENDPOINT = "endpoint";

    private EndpointEvents() {}

    /** Creates an event in the realm and with the address of the session's request. */
    public static EventBuilder at(String endpoint, KeycloakSession session) {
        return new EventBuilder(session.getContext().getRealm(), session, CallerConnection.of(session))
                .event(EventType.OAUTH2_EXTENSION_GRANT)
                .detail(ENDPOINT, endpoint);
    }
}
