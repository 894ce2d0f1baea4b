package io.latchkey.adapter;

import jakarta.ws.rs.WebApplicationException;
import java.util.Optional;
import org.keycloak.authentication.authenticators.client.ClientIdAndSecretAuthenticator;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.utils.AuthorizeClientUtil;

/**
 * A client that proves who it is as it would at the token endpoint (26.7: {@code AuthorizeClientUtil}, and {@code
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
     * @param event for a failure, which is written here
     */
    public static Optional<ClientModel> of(KeycloakSession session, EventBuilder event) {
        try {
            ClientModel client =
                    AuthorizeClientUtil.authorizeClient(session, event, null).getClient();
            if (client.isPublicClient()) {
                event.client(client).error(Errors.INVALID_CLIENT);
                return Optional.empty();
            }
            return Optional.of(client);
        } catch (WebApplicationException refused) {
            return Optional.empty();
        }
    }
}
