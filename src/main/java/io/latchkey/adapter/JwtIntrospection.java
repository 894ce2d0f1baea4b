package io.latchkey.adapter;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;

/**
 * Keycloak's own introspection of access tokens (26.7), which makes the claims anew. The account REST, too, reads lightweight
 * tokens through it and insists on this class.
 */
public abstract class JwtIntrospection extends AccessTokenIntrospectionProvider<AccessToken> {

    protected JwtIntrospection(KeycloakSession session) {
        super(session);
    }

    @Override
    public final AccessToken transformAccessToken(AccessToken token, UserSessionModel userSession) {
        AccessToken complete = super.transformAccessToken(token, userSession);
        hold(token, complete);
        return complete;
    }

    /**
     * Takes out of the claims what the token must not have.
     *
     * @param token as it was sent
     * @param complete what is about to be said of it
     */
    protected abstract void hold(AccessToken token, AccessToken complete);
}
