package io.latchkey.keycloak;

import org.keycloak.OAuthErrorException;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.representations.AccessTokenResponse;

/**
 * Keycloak's token manager, whose responses compare the finished token with what Latchkey's last post-processor let out (26.7:
 * {@code AccessTokenResponseBuilder.build} runs the post-processors of all extensions). A token that got wider after that, or
 * that the last post-processor never saw, is refused.
 */
final class VerifiedTokenManager extends TokenManager {

    static final String WIDENED = "Another extension of this server adds to tokens made from API keys";

    @Override
    public AccessTokenResponseBuilder responseBuilder(
            RealmModel realm,
            ClientModel client,
            EventBuilder event,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext scopes) {
        return new Compared(realm, client, event, session, userSession, scopes, this);
    }

    private static final class Compared extends AccessTokenResponseBuilder {

        private final KeycloakSession session;

        Compared(
                RealmModel realm,
                ClientModel client,
                EventBuilder event,
                KeycloakSession session,
                UserSessionModel userSession,
                ClientSessionContext scopes,
                TokenManager manager) {
            super(realm, client, event, session, userSession, scopes, manager);
            this.session = session;
        }

        @Override
        public AccessTokenResponse build() {
            AccessTokenClaimsSnapshots draft = AccessTokenClaimsSnapshots.of(session, getAccessToken());
            draft.mapped(getAccessToken());
            AccessTokenResponse response = super.build();
            if (!draft.isReleased(response.getToken())) {
                throw new TokenInterceptorException(OAuthErrorException.SERVER_ERROR, WIDENED);
            }
            return response;
        }
    }
}
