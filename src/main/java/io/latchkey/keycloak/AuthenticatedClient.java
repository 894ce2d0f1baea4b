package io.latchkey.keycloak;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.authenticators.client.ClientIdAndSecretAuthenticator;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.BasicAuthHelper;

/**
 * Authenticates a confidential client as the token endpoint does (26.7: {@link ClientAuthentication}, and {@code
 * TokenIntrospectionEndpoint} for which clients may ask about other clients' tokens).
 */
public final class AuthenticatedClient {

    private AuthenticatedClient() {}

    /** Whether all that proves who a client is was in its {@code Authorization} header, where no form was sent. */
    public static boolean provesItselfBySecret(ClientModel client) {
        return ClientIdAndSecretAuthenticator.PROVIDER_ID.equals(client.getClientAuthenticatorType());
    }

    /**
     * Empty for public clients, and for whoever proves nothing.
     *
     * @param event for a refusal, which is written here
     * @throws CheckFailedException where a failure kept Keycloak from finding out
     */
    public static Optional<ClientModel> of(KeycloakSession session, EventBuilder event) {
        Optional<ClientModel> client = ClientAuthentication.of(session, event);
        if (client.filter(ClientModel::isPublicClient).isPresent()) {
            event.client(client.get()).error(Errors.INVALID_CLIENT);
            return Optional.empty();
        }
        return client;
    }

    /**
     * What a client that has failed to authenticate should do instead: its authenticator does not fit what it has sent. Empty where it fits,
     * and where no client is named. Keycloak's login page tells everybody which clients there are, too.
     */
    public static Optional<String> advice(KeycloakSession session) {
        return namedClient(session)
                .map(id -> session.getContext().getRealm().getClientByClientId(id))
                .flatMap(AuthenticatedClient::advice);
    }

    private static Optional<String> advice(ClientModel client) {
        String name = "The client " + client.getClientId();
        if (client.isPublicClient()) {
            return Optional.of(name + " is public. Only a confidential client can authenticate.");
        }
        String authenticator = client.getClientAuthenticatorType();
        return switch (authenticator == null ? ClientIdAndSecretAuthenticator.PROVIDER_ID : authenticator) {
            case ClientIdAndSecretAuthenticator.PROVIDER_ID -> Optional.empty();
            case X509ClientAuthenticator.PROVIDER_ID ->
                Optional.of(name + " authenticates with a certificate (" + authenticator
                        + "): use mutual TLS, and client_id in the query or in a form.");
            default ->
                Optional.of(name + " does not authenticate with a secret but with " + authenticator
                        + ": send a form with its parameters, such as client_assertion.");
        };
    }

    private static Optional<String> namedClient(KeycloakSession session) {
        HttpRequest request = session.getContext().getHttpRequest();
        String header = request.getHttpHeaders().getHeaderString(HttpHeaders.AUTHORIZATION);
        String[] basic = header == null ? null : BasicAuthHelper.RFC6749.parseHeader(header);
        return Optional.ofNullable(basic)
                .map(credentials -> credentials[0])
                .or(() -> Optional.ofNullable(request.getDecodedFormParameters().getFirst(OAuth2Constants.CLIENT_ID)))
                .or(() -> Optional.ofNullable(
                        request.getUri().getQueryParameters().getFirst(OAuth2Constants.CLIENT_ID)));
    }
}
