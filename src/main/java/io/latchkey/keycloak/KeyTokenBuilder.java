package io.latchkey.keycloak;

import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;

/** Builds access tokens from keys outside the token endpoint (26.7: {@code TokenManager}). */
public final class KeyTokenBuilder {

    private final KeycloakSession session;

    public KeyTokenBuilder(KeycloakSession session) {
        this.session = session;
    }

    /** What came of it. */
    public sealed interface Result {

        /**
         * @param text the encoded token
         * @param scope the scopes it carries, separated by spaces
         */
        record Made(String text, AccessToken token, String scope) implements Result {}

        record Refused(TokenDenial refusal) implements Result {}
    }

    /**
     * Makes a token of a passing session.
     *
     * @param grantType noted in the token's id
     * @param event learns what Keycloak's own events say of tokens; success and failure are the caller's to write
     */
    public Result make(ClientModel client, KeyTokenRequest login, String grantType, EventBuilder event) {
        OIDCAdvancedConfigWrapper settings = OIDCAdvancedConfigWrapper.fromClientModel(client);
        if (settings.isUseDPoP() || settings.isUseMtlsHokToken()) {
            // Nobody is there to prove possession (RFC 9449, RFC 8705).
            return new Result.Refused(new TokenDenial(
                    OAuthErrorException.UNAUTHORIZED_CLIENT,
                    "Client '" + client.getClientId() + "' wants tokens bound to their caller"));
        }
        ClientModel before = session.getContext().getClient();
        session.getContext().setClient(client);
        try {
            return make(client, new KeyUserSessions(session, login), grantType, event);
        } catch (TokenInterceptorException refused) {
            return new Result.Refused(new TokenDenial(refused.getError(), refused.getDescription()));
        } finally {
            session.getContext().setClient(before);
        }
    }

    /**
     * The token that Keycloak's mappers would write for such a session now, before any post-processor sees it. Empty where the
     * client does not know the scopes.
     */
    public Optional<AccessToken> preview(ClientModel client, KeyTokenRequest login, String grantType) {
        RealmModel realm = session.getContext().getRealm();
        ClientModel before = session.getContext().getClient();
        session.getContext().setClient(client);
        try {
            KeyUserSessions sessions = new KeyUserSessions(session, login);
            UserSessionModel userSession = sessions.open();
            ClientSessionContext scopes = sessions.at(client, userSession);
            scopes.setAttribute(Constants.GRANT_TYPE, grantType);
            return sessions.wrongScope(client, scopes).isPresent()
                    ? Optional.empty()
                    : Optional.of(new TokenManager()
                            .createClientAccessToken(
                                    session, realm, client, login.owner(), userSession, scopes, false));
        } finally {
            session.getContext().setClient(before);
        }
    }

    private Result make(ClientModel client, KeyUserSessions sessions, String grantType, EventBuilder event) {
        RealmModel realm = session.getContext().getRealm();
        UserSessionModel userSession = sessions.open();
        ClientSessionContext scopes = sessions.at(client, userSession);
        scopes.setAttribute(Constants.GRANT_TYPE, grantType);
        Optional<TokenDenial> refusal = sessions.refusal(client, scopes);
        if (refusal.isPresent()) {
            return new Result.Refused(refusal.get());
        }
        TokenManager.AccessTokenResponseBuilder builder = new VerifiedTokenManager()
                .responseBuilder(realm, client, event, session, userSession, scopes)
                .generateAccessToken();
        AccessToken token = builder.getAccessToken();
        token.setSessionId(null);
        sessions.addOwnAudience(token, client);
        Optional<TokenDenial> unfit = sessions.refusal(token);
        if (unfit.isPresent()) {
            return new Result.Refused(unfit.get());
        }
        AccessTokenResponse response = builder.build();
        return new Result.Made(response.getToken(), token, scopes.getScopeString());
    }
}
