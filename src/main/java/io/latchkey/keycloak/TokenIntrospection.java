package io.latchkey.keycloak;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;

/**
 * Extends Keycloak's introspection of access tokens to keys. It must be a subclass of Keycloak's provider, because the
 * account REST casts to it (26.7: {@code AccountLoader}, {@code AccessTokenIntrospectionProvider}).
 */
public abstract class TokenIntrospection extends AccessTokenIntrospectionProvider<AccessToken> {

    protected TokenIntrospection(KeycloakSession session) {
        super(session);
    }

    /** Whether the text looks like a key, valid or not. */
    protected abstract boolean isKey(String token);

    protected abstract Response introspectKey(String key, EventBuilder event);

    /**
     * Whether an access token that Keycloak accepts is accepted.
     *
     * @param event for a refusal, which is written here
     */
    protected abstract boolean admits(AccessToken token, EventBuilder event);

    /**
     * Corrects the claims that Keycloak adds at introspection by the mappers of today.
     *
     * @param token as it was sent
     * @param shown the claims of the response
     */
    protected abstract void correct(AccessToken token, AccessToken shown);

    /** The response to a failure; empty if Keycloak is to respond. */
    protected abstract Optional<Response> failureResponse(RuntimeException failure);

    @Override
    public final Response introspect(String token, EventBuilder event) {
        try {
            return isKey(token) ? introspectKey(token, event) : super.introspect(token, event);
        } catch (RuntimeException failed) {
            // Keycloak would respond with 400 or 500 (26.7: TokenIntrospectionEndpoint).
            return failureResponse(failed).orElseThrow(() -> failed);
        }
    }

    /** Runs last before the token is transformed, because the response may contain an inactive transformed token. */
    @Override
    protected final boolean verifyTokenReuse() {
        return super.verifyTokenReuse() && admits(token, eventBuilder);
    }

    @Override
    public final AccessToken transformAccessToken(AccessToken token, UserSessionModel userSession) {
        AccessToken shown = super.transformAccessToken(token, userSession);
        correct(token, shown);
        return shown;
    }
}
