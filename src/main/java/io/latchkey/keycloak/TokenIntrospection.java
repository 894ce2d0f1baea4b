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

    /** Whether the text is meant as a key, good or not. */
    protected abstract boolean isKey(String token);

    protected abstract Response introspectKey(String key, EventBuilder event);

    /**
     * Whether Keycloak may go on with an access token that it holds for good.
     *
     * @param event for a refusal, which is written here
     */
    protected abstract boolean admits(AccessToken token, EventBuilder event);

    /**
     * Corrects what Keycloak makes of an access token at introspection, where it adds what mappers say now.
     *
     * @param token as it was sent
     * @param shown as it will be shown
     */
    protected abstract void correct(AccessToken token, AccessToken shown);

    @Override
    public final Response introspect(String token, EventBuilder event) {
        try {
            return isKey(token) ? introspectKey(token, event) : super.introspect(token, event);
        } catch (RuntimeException failed) {
            // Keycloak would answer 400 or 500 (26.7: TokenIntrospectionEndpoint).
            return failed(failed).orElseThrow(() -> failed);
        }
    }

    /** The last check before the token is transformed: a transformed token can leave in the answer even where it is not active. */
    @Override
    protected final boolean verifyTokenReuse() {
        return super.verifyTokenReuse() && admits(token, eventBuilder);
    }

    /** What is answered to a question that could not be decided; empty where Keycloak is to answer. */
    protected abstract Optional<Response> failed(RuntimeException failure);

    @Override
    public final AccessToken transformAccessToken(AccessToken token, UserSessionModel userSession) {
        AccessToken shown = super.transformAccessToken(token, userSession);
        correct(token, shown);
        return shown;
    }
}
