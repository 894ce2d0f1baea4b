package io.latchkey.keycloak;

import java.util.Optional;
import java.util.function.Supplier;
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

/** Builds access tokens from keys outside the token endpoint (26.7: {@code TokenManager}). */
public final class KeyTokenBuilder {

    private final KeycloakSession session;
    private final RealmModel realm;

    public KeyTokenBuilder(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** A token, or the reason why there is none. */
    public sealed interface Result permits Built, Denied {}

    /**
     * @param text the encoded token
     * @param scope the scopes it carries, separated by spaces
     */
    public record Built(String text, AccessToken token, String scope) implements Result {}

    /**
     * The OAuth error with which a token is denied to an accepted key.
     *
     * @param error code of RFC 6749 or RFC 8693
     * @param description one sentence for the caller
     */
    public record Denied(String error, String description) implements Result {}

    /**
     * Builds a token of a transient session.
     *
     * @param grantType noted in the token's id
     * @param event receives the details of Keycloak's own events of tokens; the caller writes success and failure
     */
    public Result build(ClientModel client, KeyTokenRequest request, String grantType, EventBuilder event) {
        OIDCAdvancedConfigWrapper settings = OIDCAdvancedConfigWrapper.fromClientModel(client);
        if (settings.isUseDPoP() || settings.isUseMtlsHokToken()) {
            // The holder of the key does not prove possession here (RFC 9449, RFC 8705).
            return new Denied(
                    OAuthErrorException.UNAUTHORIZED_CLIENT,
                    "Client '" + client.getClientId() + "' wants tokens bound to their caller");
        }
        return inContextOf(client, () -> {
            try {
                return build(client, new KeyUserSessions(session, request), grantType, event);
            } catch (TokenInterceptorException refused) {
                return new Denied(refused.getError(), refused.getDescription());
            }
        });
    }

    /**
     * Builds the token that Keycloak's mappers would write for such a session now, without post-processors. Empty if the client does
     * not have the scopes.
     */
    public Optional<AccessToken> preview(ClientModel client, KeyTokenRequest request, String grantType) {
        return inContextOf(client, () -> {
            KeyUserSessions sessions = new KeyUserSessions(session, request);
            UserSessionModel userSession = sessions.open();
            ClientSessionContext scopes = sessions.openAt(client, userSession);
            scopes.setAttribute(Constants.GRANT_TYPE, grantType);
            return sessions.scopeDenial(client, scopes).isPresent()
                    ? Optional.empty()
                    : Optional.of(new TokenManager()
                            .createClientAccessToken(
                                    session, realm, client, request.owner(), userSession, scopes, false));
        });
    }

    private <T> T inContextOf(ClientModel client, Supplier<T> work) {
        ClientModel before = session.getContext().getClient();
        session.getContext().setClient(client);
        try {
            return work.get();
        } finally {
            session.getContext().setClient(before);
        }
    }

    private Result build(ClientModel client, KeyUserSessions sessions, String grantType, EventBuilder event) {
        UserSessionModel userSession = sessions.open();
        ClientSessionContext scopes = sessions.openAt(client, userSession);
        scopes.setAttribute(Constants.GRANT_TYPE, grantType);
        Optional<Denied> denial = sessions.denial(client, scopes);
        if (denial.isPresent()) {
            return denial.get();
        }
        TokenManager.AccessTokenResponseBuilder builder = new VerifiedTokenManager()
                .responseBuilder(realm, client, event, session, userSession, scopes)
                .generateAccessToken();
        AccessToken token = builder.getAccessToken();
        token.setSessionId(null);
        sessions.addOwnAudience(token, client);
        return sessions.denial(token)
                .<Result>map(denied -> denied)
                .orElseGet(() -> new Built(builder.build().getToken(), token, scopes.getScopeString()));
    }
}
