package io.latchkey.keycloak;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.authenticators.client.ClientIdAndSecretAuthenticator;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.util.BasicAuthHelper;

/**
 * Authenticates the confidential client of a request as Keycloak's token endpoint does, parses its form, and explains
 * failures to it. It repeats the checks of {@code AuthorizeClientUtil} and {@code TokenIntrospectionEndpoint} of Keycloak
 * 26.7.
 */
public final class ClientAuthentication {

    private static final int MAX_PARAMETERS = 100;

    private ClientAuthentication() {}

    /** Whether a client authenticates by its {@code Authorization} header alone if it sends no form. */
    public static boolean usesSecret(ClientModel client) {
        return ClientIdAndSecretAuthenticator.PROVIDER_ID.equals(client.getClientAuthenticatorType());
    }

    /**
     * Authenticates the client of the request and sets it as the session's client.
     *
     * @param event for a refusal, which is written here
     * @return empty for public clients and failed authentication
     * @throws CheckFailedException if a failure kept Keycloak from authenticating the client
     */
    public static Optional<ClientModel> authenticate(KeycloakSession session, EventBuilder event) {
        RealmModel realm = session.getContext().getRealm();
        AuthenticationProcessor processor = new Processor()
                .setFlowId(realm.getClientAuthenticationFlow().getId())
                .setConnection(CallerConnection.of(session))
                .setEventBuilder(event)
                .setRealm(realm)
                .setSession(session)
                .setUriInfo(session.getContext().getUri())
                .setRequest(session.getContext().getHttpRequest());
        Response refused = processor.authenticateClient();
        ClientModel client = processor.getClient();
        if (refused != null || client == null) {
            CheckFailedException.throwIfTransactionFailed(session);
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
        if (client.isPublicClient()) {
            event.client(client).error(Errors.INVALID_CLIENT);
            return Optional.empty();
        }
        return Optional.of(client);
    }

    /** Reports a failure as a failure, where Keycloak responds as to a wrong secret (26.7). */
    static final class Processor extends AuthenticationProcessor {

        @Override
        public Response handleClientAuthException(Exception failure) {
            if (failure instanceof AuthenticationFlowException refusal) {
                return super.handleClientAuthException(refusal);
            }
            throw new CheckFailedException("A client could not be authenticated", failure);
        }
    }

    /**
     * Explains to a client that failed to authenticate how its authenticator differs from what it sent. Empty if it does not differ
     * or no client is named. Keycloak's login page, too, reveals to everyone which clients exist.
     */
    public static Optional<String> advice(KeycloakSession session) {
        return namedClient(session)
                .map(id -> session.getContext().getRealm().getClientByClientId(id))
                .flatMap(ClientAuthentication::advice);
    }

    private static Optional<String> advice(ClientModel client) {
        String name = "The client " + client.getClientId();
        String authenticator = client.getClientAuthenticatorType();
        if (client.isPublicClient()) {
            return Optional.of(name + " is public. Only a confidential client can authenticate.");
        }
        if (authenticator == null || usesSecret(client)) {
            return Optional.empty();
        }
        return Optional.of(
                authenticator.equals(X509ClientAuthenticator.PROVIDER_ID)
                        ? name + " authenticates with a certificate (" + authenticator
                                + "): use mutual TLS, and client_id in the query or in a form."
                        : name + " does not authenticate with a secret but with " + authenticator
                                + ": send a form with its parameters, such as client_assertion.");
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

    /**
     * Parses a form that a resource method received as bytes, and sets it as {@code HttpRequest.getDecodedFormParameters} for
     * Keycloak's client authenticators. The server's own reader finds an empty body at that point (26.7: RESTEasy Reactive's
     * {@code FormBodyHandler}).
     *
     * @return false unless the body is a form of at most a hundred parameters
     */
    public static boolean setForm(byte[] body) {
        Optional<FormData> form = parseForm(new String(body, StandardCharsets.UTF_8));
        form.ifPresent(data -> ((ResteasyReactiveRequestContext) CurrentRequestManager.get()).setFormData(data));
        return form.isPresent();
    }

    static Optional<FormData> parseForm(String body) {
        FormData data = new FormData(MAX_PARAMETERS);
        String[] pairs = body.isEmpty() ? new String[0] : body.split("&", MAX_PARAMETERS + 1);
        if (pairs.length > MAX_PARAMETERS) {
            return Optional.empty();
        }
        try {
            for (String pair : pairs) {
                String[] parts = pair.split("=", 2);
                data.add(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
            }
            return Optional.of(data);
        } catch (IllegalArgumentException brokenEscape) {
            return Optional.empty();
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
