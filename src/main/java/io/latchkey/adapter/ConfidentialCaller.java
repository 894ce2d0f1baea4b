package io.latchkey.adapter;

import java.util.Optional;
import org.keycloak.authentication.authenticators.client.ClientIdAndSecretAuthenticator;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * A client that proves who it is as it would at the token endpoint (26.7: {@link ClientAuthentication}, and {@code
 * TokenIntrospectionEndpoint} for who may ask about others).
 */
public final class ConfidentialCaller {

    private ConfidentialCaller() {}

    /** Whether all that proves who a client is was in its {@code Authorization} header, where no form was sent. */
    public static boolean provesItselfBySecret(ClientModel client) {
        return ClientIdAndSecretAuthenticator.PROVIDER_ID.equals(client.getClientAuthenticatorType());
    }

    /**
     * Empty for public clients, and for whoever proves nothing.
     *
     * @param event for a refusal, which is written here
     * @throws UndecidedException where a failure kept Keycloak from finding out
     */
    public static Optional<ClientModel> of(KeycloakSession session, EventBuilder event) {
        Optional<ClientModel> client = ClientAuthentication.of(session, event);
        if (client.filter(ClientModel::isPublicClient).isPresent()) {
            event.client(client.get()).error(Errors.INVALID_CLIENT);
            return Optional.empty();
        }
        return client;
    }
}
