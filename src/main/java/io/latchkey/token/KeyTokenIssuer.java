package io.latchkey.token;

import io.latchkey.keycloak.KeyTokenBuilder;
import io.latchkey.keycloak.KeyTokenRequest;
import io.latchkey.verify.KeyTokenScopePolicy;
import io.latchkey.verify.Verification.Accepted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Issues, or takes from the cache, an access token of a key for forward-auth and Keycloak's REST, where no client requests
 * one.
 */
public final class KeyTokenIssuer {

    private static final String ENDPOINT = "request";

    private final KeycloakSession session;
    private Optional<Instant> reusableUntil = Optional.empty();

    public KeyTokenIssuer(KeycloakSession session) {
        this.session = session;
    }

    /**
     * @param client for which the token is issued, as if it had requested it
     * @param scope requested; empty for the client's defaults, or for all scopes of the key
     * @param audiences client ids of the APIs that the token must name
     * @param event receives the details that Keycloak's own events have; the caller reports success or failure
     */
    public KeyTokenBuilder.Result token(
            Accepted accepted,
            ClientModel client,
            Optional<String> scope,
            List<String> audiences,
            Supplier<EventBuilder> event) {
        TokenCache tokenCache = new TokenCache(session);
        TokenCache.CacheKey cacheKey =
                TokenCache.CacheKey.of(session, ENDPOINT, accepted.key(), client, scope, audiences);
        Optional<TokenCache.Entry<KeyTokenBuilder.Built>> before = tokenCache.find(accepted.owner(), cacheKey);
        reusableUntil = before.map(TokenCache.Entry::reusableUntil);
        if (before.isPresent()) {
            return before.get().response();
        }
        KeyTokenPostProcessor.verified(session, accepted.key());
        KeyTokenScopePolicy scopes =
                KeyTokenScopePolicy.of(session.getContext().getRealm(), client, accepted.key(), scope, audiences);
        if (scopes instanceof KeyTokenScopePolicy.Refused refused) {
            return new KeyTokenBuilder.Denied(refused.fault().error(), refused.detail());
        }
        KeyTokenRequest request = request(accepted, (KeyTokenScopePolicy.Granted) scopes, false);
        KeyTokenBuilder.Result result =
                new KeyTokenBuilder(session).build(client, request, ApiKeyGrantType.GRANT_TYPE, event.get());
        // Revoking consent does not evict the owner's cache entry.
        if (result instanceof KeyTokenBuilder.Built made && !client.isConsentRequired()) {
            tokenCache.put(accepted.owner(), cacheKey, made.token(), made);
        }
        return result;
    }

    /** @param online whether to open a stored session with a refresh token instead of a transient one */
    static KeyTokenRequest request(Accepted accepted, KeyTokenScopePolicy.Granted granted, boolean online) {
        return new KeyTokenRequest(
                accepted.key().id(),
                accepted.owner(),
                granted.scope(),
                granted.audiences(),
                granted.demanded(),
                online);
    }

    /** Until when the last token may be reused; empty if it was issued for one request. */
    public Optional<Instant> reusableUntil() {
        return reusableUntil;
    }
}
