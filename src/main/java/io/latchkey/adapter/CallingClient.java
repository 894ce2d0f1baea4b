package io.latchkey.adapter;

import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.utils.AuthorizeClientUtil;

/** The client that makes a request, authenticated as at Keycloak's own endpoints (26.7: {@code AuthorizeClientUtil}). */
public final class CallingClient {

    private CallingClient() {}

    /**
     * Ends the request with Keycloak's own answer when no client authenticates.
     *
     * @param event is told of a failure
     */
    public static ClientModel of(KeycloakSession session, EventBuilder event) {
        return AuthorizeClientUtil.authorizeClient(session, event, null).getClient();
    }
}
