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
 * Builds tokens like Keycloak's TokenManager, and rejects one that another extension's post-processor widened or that
 * Latchkey's never saw (26.7: {@code AccessTokenResponseBuilder.build} runs the post-processors of all extensions).
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
        return new AccessTokenResponseBuilder(realm, client, event, session, userSession, scopes, this) {

            @Override
            public AccessTokenResponse build() {
                PostProcessorClaimsDiff snapshots = PostProcessorClaimsDiff.of(session, getAccessToken());
                snapshots.recordMapped(getAccessToken());
                AccessTokenResponse response = super.build();
                if (!snapshots.isReleased(response.getToken())) {
                    throw new TokenInterceptorException(OAuthErrorException.SERVER_ERROR, WIDENED);
                }
                return response;
            }
        };
    }
}
