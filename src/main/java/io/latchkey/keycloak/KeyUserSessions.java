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
import org.keycloak.services.util.DefaultClientSessionContext;

/** Opens the user and client sessions behind tokens made from keys (26.7). It needs no authentication session. */
final class KeyUserSessions {

    /** {@code auth_method} of the sessions that keys open. */
    static final String AUTH_METHOD = "api-key";

    private final KeycloakSession session;
    private final KeyTokenRequest login;

    KeyUserSessions(KeycloakSession session, KeyTokenRequest login) {
        this.session = session;
        this.login = login;
    }

    UserSessionModel open() {
        UserSessionModel userSession = session.sessions()
                .createUserSession(
                        null,
                        session.getContext().getRealm(),
                        login.owner(),
                        login.owner().getUsername(),
                        TrustedClientConnection.of(session).getRemoteHost(),
                        AUTH_METHOD,
                        false,
                        null,
                        null,
                        login.online() ? SessionPersistenceState.PERSISTENT : SessionPersistenceState.TRANSIENT);
        userSession.setNote(login.keyNote(), login.key().value());
        return userSession;
    }

    ClientSessionContext at(ClientModel client, UserSessionModel userSession) {
        AuthenticatedClientSessionModel clientSession =
                session.sessions().createClientSession(session.getContext().getRealm(), client, userSession);
        clientSession.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        clientSession.setNote(OIDCLoginProtocol.ISSUER, RealmIssuer.of(session));
        login.scope().ifPresent(scope -> clientSession.setNote(OAuth2Constants.SCOPE, scope));
        ClientSessionContext scopes = DefaultClientSessionContext.fromClientSessionAndScopeParameter(
                clientSession, login.scope().orElse(null), session);
        if (!login.audiences().isEmpty()) {
            scopes.setAttribute(
                    Constants.REQUESTED_AUDIENCE_CLIENTS, login.audiences().toArray(ClientModel[]::new));
        }
        return scopes;
    }

    /** Why Keycloak would make no token there. */
    Optional<TokenDenial> refusal(ClientModel client, ClientSessionContext scopes) {
        Optional<TokenDenial> wrong = wrongScope(client, scopes);
        return wrong.isPresent() || isConsented(client, scopes)
                ? wrong
                : TokenDenial.of(OAuthErrorException.INVALID_GRANT, "The client needs the owner's consent");
    }

    /** The same as far as the scopes decide. */
    Optional<TokenDenial> wrongScope(ClientModel client, ClientSessionContext scopes) {
        if (!TokenManager.isValidScope(session, login.scope().orElse(null), client)) {
            return TokenDenial.of(
                    OAuthErrorException.INVALID_SCOPE,
                    "Invalid scopes: " + login.scope().orElse(""));
        }
        if (scopes.isOfflineTokenRequested()) {
            // An offline session would outlive the key.
            return TokenDenial.of(OAuthErrorException.INVALID_SCOPE, "API keys do not give offline access");
        }
        return Optional.empty();
    }

    private boolean isConsented(ClientModel client, ClientSessionContext scopes) {
        return TokenManager.verifyConsentStillAvailable(
                session,
                login.owner(),
                client,
                scopes.getClientSession(),
                login.scope().orElse(null));
    }

    /** A client that asks for itself as audience gets it; Keycloak's mappers do not add it (26.7). */
    void addOwnAudience(AccessToken token, ClientModel client) {
        boolean asked =
                login.audiences().stream().anyMatch(audience -> audience.getId().equals(client.getId()));
        if (asked && !token.hasAudience(client.getClientId())) {
            token.addAudience(client.getClientId());
        }
    }

    /** Why a token that was made cannot be handed out: the client does not make it for the audience. */
    Optional<TokenDenial> refusal(AccessToken token) {
        List<String> there = token.getAudience() == null ? List.of() : Arrays.asList(token.getAudience());
        List<String> missing = login.audiences().stream()
                .map(ClientModel::getClientId)
                .filter(wanted -> !there.contains(wanted))
                .toList();
        boolean fine = login.demanded()
                ? missing.isEmpty()
                : login.audiences().isEmpty()
                        || missing.size() < login.audiences().size();
        // A lightweight token may name its audience at introspection only.
        return fine || isLightweight(token)
                ? Optional.empty()
                : TokenDenial.of("invalid_target", "Requested audience not available: " + String.join(" ", missing));
    }

    private boolean isLightweight(AccessToken token) {
        return session.getProvider(TokenContextEncoderProvider.class)
                        .getTokenContextFromTokenId(token.getId())
                        .getTokenType()
                == AccessTokenContext.TokenType.LIGHTWEIGHT;
    }
}
