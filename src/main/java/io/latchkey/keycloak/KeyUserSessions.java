package io.latchkey.keycloak;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.encode.AccessTokenContext;
import org.keycloak.protocol.oidc.encode.TokenContextEncoderProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.util.DefaultClientSessionContext;

/**
 * Opens the user and client sessions behind tokens made from keys, without an authentication session, and checks whether
 * their tokens may be issued (26.7: {@code ClientCredentialsGrantType}).
 */
public final class KeyUserSessions {

    /** Client note of an authentication session: the time of the login in seconds, if it is not now (26.7). */
    public static final String AUTH_TIME_NOTE = AuthenticationManager.AUTH_TIME_BROKER;

    /** Note of a user session that says which key opened it. */
    public static final String KEY_NOTE = "latchkey.key";

    /** {@code auth_method} of the sessions that keys open. */
    private static final String AUTH_METHOD = "api-key";

    private final KeycloakSession session;
    private final KeyTokenRequest request;

    KeyUserSessions(KeycloakSession session, KeyTokenRequest request) {
        this.session = session;
        this.request = request;
    }

    UserSessionModel open() {
        UserSessionModel userSession = session.sessions()
                .createUserSession(
                        null,
                        session.getContext().getRealm(),
                        request.owner(),
                        request.owner().getUsername(),
                        CallerConnection.of(session).getRemoteHost(),
                        AUTH_METHOD,
                        false,
                        null,
                        null,
                        request.online() ? SessionPersistenceState.PERSISTENT : SessionPersistenceState.TRANSIENT);
        userSession.setNote(KEY_NOTE, request.key().value());
        return userSession;
    }

    ClientSessionContext openAt(ClientModel client, UserSessionModel userSession) {
        AuthenticatedClientSessionModel clientSession =
                session.sessions().createClientSession(session.getContext().getRealm(), client, userSession);
        clientSession.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        clientSession.setNote(OIDCLoginProtocol.ISSUER, CurrentRequest.issuer(session));
        request.scope().ifPresent(scope -> clientSession.setNote(OAuth2Constants.SCOPE, scope));
        ClientSessionContext scopes =
                DefaultClientSessionContext.fromClientSessionAndScopeParameter(clientSession, scope(), session);
        if (!request.audiences().isEmpty()) {
            scopes.setAttribute(
                    Constants.REQUESTED_AUDIENCE_CLIENTS, request.audiences().toArray(ClientModel[]::new));
        }
        return scopes;
    }

    private String scope() {
        return request.scope().orElse(null);
    }

    /** Why Keycloak would issue no token to the client; decided by scopes and consent. */
    Optional<KeyTokenBuilder.Denied> denial(ClientModel client, ClientSessionContext scopes) {
        Optional<KeyTokenBuilder.Denied> denial = scopeDenial(client, scopes);
        return denial.isPresent()
                        || TokenManager.verifyConsentStillAvailable(
                                session, request.owner(), client, scopes.getClientSession(), scope())
                ? denial
                : denied(OAuthErrorException.INVALID_GRANT, "The client needs the owner's consent");
    }

    /** Why Keycloak would issue no token to the client; decided by scopes only. */
    Optional<KeyTokenBuilder.Denied> scopeDenial(ClientModel client, ClientSessionContext scopes) {
        if (!TokenManager.isValidScope(session, scope(), client)) {
            return denied(
                    OAuthErrorException.INVALID_SCOPE,
                    "Invalid scopes: " + request.scope().orElse(""));
        }
        // An offline session would outlive the key.
        return scopes.isOfflineTokenRequested()
                ? denied(OAuthErrorException.INVALID_SCOPE, "API keys do not give offline access")
                : Optional.empty();
    }

    private static Optional<KeyTokenBuilder.Denied> denied(String error, String description) {
        return Optional.of(new KeyTokenBuilder.Denied(error, description));
    }

    /** Adds the audience of a client that requests its own; Keycloak's mappers do not add it (26.7). */
    void addOwnAudience(AccessToken token, ClientModel client) {
        if (request.audiences().stream().anyMatch(audience -> audience.getId().equals(client.getId()))
                && !token.hasAudience(client.getClientId())) {
            token.addAudience(client.getClientId());
        }
    }

    /** Why a token must not leave the server: it lacks a requested audience. */
    Optional<KeyTokenBuilder.Denied> denial(AccessToken token) {
        List<String> present = token.getAudience() == null ? List.of() : Arrays.asList(token.getAudience());
        List<String> missing = request.audiences().stream()
                .map(ClientModel::getClientId)
                .filter(audience -> !present.contains(audience))
                .toList();
        boolean sufficient = missing.isEmpty()
                || !request.demanded() && missing.size() < request.audiences().size();
        // A lightweight token may name its audience at introspection only.
        return sufficient || isLightweight(token)
                ? Optional.empty()
                : denied("invalid_target", "Requested audience not available: " + String.join(" ", missing));
    }

    private boolean isLightweight(AccessToken token) {
        AccessTokenContext context =
                session.getProvider(TokenContextEncoderProvider.class).getTokenContextFromTokenId(token.getId());
        return context.getTokenType() == AccessTokenContext.TokenType.LIGHTWEIGHT;
    }
}
