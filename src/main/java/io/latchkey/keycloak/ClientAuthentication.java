package io.latchkey.keycloak;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * Runs Keycloak's client authentication, and reports a failure as a failure (26.7: {@code AuthenticationProcessor} answers
 * an exception as it answers a wrong secret; the checks are those of {@code AuthorizeClientUtil}).
 */
final class ClientAuthentication extends AuthenticationProcessor {

    ClientAuthentication() {}

    /**
     * The client that proves who it is; empty where none does.
     *
     * @param event for a refusal, which is written here
     * @throws CheckFailedException where the proof could not be checked
     */
    static Optional<ClientModel> of(KeycloakSession session, EventBuilder event) {
        RealmModel realm = session.getContext().getRealm();
        AuthenticationProcessor processor = new ClientAuthentication()
                .setFlowId(realm.getClientAuthenticationFlow().getId())
                .setConnection(TrustedClientConnection.of(session))
                .setEventBuilder(event)
                .setRealm(realm)
                .setSession(session)
                .setUriInfo(session.getContext().getUri())
                .setRequest(session.getContext().getHttpRequest());
        Response refused = processor.authenticateClient();
        ClientModel client = processor.getClient();
        if (refused != null || client == null) {
            CheckFailedException.check(session);
            return Optional.empty();
        }
        if (!client.isEnabled()) {
            event.error(Errors.CLIENT_DISABLED);
            return Optional.empty();
        }
        if (client.getProtocol() != null && !client.getProtocol().equals(OIDCLoginProtocol.LOGIN_PROTOCOL)) {
            event.error(Errors.INVALID_CLIENT);
            return Optional.empty();
        }
        session.getContext().setClient(client);
        return Optional.of(client);
    }

    @Override
    public Response handleClientAuthException(Exception failure) {
        if (failure instanceof AuthenticationFlowException refusal) {
            return super.handleClientAuthException(refusal);
        }
        throw new CheckFailedException("A client could not be authenticated", failure);
    }
}
