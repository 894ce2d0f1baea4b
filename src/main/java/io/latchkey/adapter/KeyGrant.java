package io.latchkey.adapter;

import io.latchkey.key.KeyId;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.OAuth2GrantTypeBase;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.Urls;
import org.keycloak.services.util.DefaultClientSessionContext;

/**
 * A grant that issues tokens to the owner of a key, as Keycloak's own grants without a screen do (26.7: compare {@code
 * ClientCredentialsGrantType} and {@code JWTAuthorizationGrantType} on upgrade). Issuing needs no authentication session.
 */
public abstract class KeyGrant extends OAuth2GrantTypeBase {

    /** {@code auth_method} of the sessions that keys open. */
    public static final String AUTH_METHOD = "api-key";

    private boolean online;

    /**
     * Answers with a token response for the owner at the authenticated client.
     *
     * @param keyNote name of the session note that carries the key's id
     * @param realmSession whether to open a real session with a refresh token instead of a passing one
     */
    protected final Response issue(Context context, KeyId key, UserModel owner, String keyNote, boolean realmSession) {
        setContext(context);
        online = realmSession;
        event.user(owner).detail(Details.USERNAME, owner.getUsername());
        String scope = getRequestedScopes();
        UserSessionModel userSession = session.sessions()
                .createUserSession(
                        null,
                        realm,
                        owner,
                        owner.getUsername(),
                        clientConnection.getRemoteHost(),
                        AUTH_METHOD,
                        false,
                        null,
                        null,
                        realmSession ? SessionPersistenceState.PERSISTENT : SessionPersistenceState.TRANSIENT);
        userSession.setNote(keyNote, key.value());
        event.session(userSession);
        try {
            return respond(owner, userSession, scope);
        } catch (RuntimeException refused) {
            // Keycloak commits what a refused request has written.
            session.sessions().removeUserSession(realm, userSession);
            throw refused;
        }
    }

    private Response respond(UserModel owner, UserSessionModel userSession, String scope) {
        ClientSessionContext scopes = clientSession(userSession, scope);
        refuseOfflineAccess(scopes);
        requireConsent(owner, scopes, scope);
        updateUserSessionFromClientAuth(userSession);
        return createTokenResponse(createTokenResponseBuilder(owner, userSession, scopes, scope, null), scopes, true);
    }

    @Override
    protected final boolean useRefreshToken() {
        return online && clientConfig.isUseRefreshToken();
    }

    private ClientSessionContext clientSession(UserSessionModel userSession, String scope) {
        AuthenticatedClientSessionModel clientSession =
                session.sessions().createClientSession(realm, client, userSession);
        clientSession.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        clientSession.setNote(
                OIDCLoginProtocol.ISSUER,
                Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()));
        if (scope != null) {
            clientSession.setNote(OAuth2Constants.SCOPE, scope);
        }
        return DefaultClientSessionContext.fromClientSessionAndScopeParameter(clientSession, scope, session);
    }

    /** An offline session would outlive the key. */
    private void refuseOfflineAccess(ClientSessionContext scopes) {
        if (scopes.isOfflineTokenRequested()) {
            throw refuse(
                    OAuthErrorException.INVALID_SCOPE, "API keys do not give offline access", Errors.INVALID_REQUEST);
        }
    }

    private void requireConsent(UserModel owner, ClientSessionContext scopes, String scope) {
        if (!TokenManager.verifyConsentStillAvailable(session, owner, client, scopes.getClientSession(), scope)) {
            throw refuse(
                    OAuthErrorException.INVALID_GRANT, "The client needs the owner's consent", Errors.CONSENT_DENIED);
        }
    }

    /** Ends the request with an error that the caller may know about, on record. */
    protected final CorsErrorResponseException refuse(String error, String description, String eventError) {
        event.detail(Details.REASON, description);
        event.error(eventError);
        return answer(error, description);
    }

    /** Ends the request with an error whose reason is on record already. */
    protected final CorsErrorResponseException answer(String error, String description) {
        return new CorsErrorResponseException(cors, error, description, Response.Status.BAD_REQUEST);
    }
}
