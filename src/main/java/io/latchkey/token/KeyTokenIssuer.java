package io.latchkey.token;

import io.latchkey.keycloak.KeyTokenBuilder;
import io.latchkey.keycloak.KeyTokenRequest;
import io.latchkey.keycloak.TokenDenial;
import io.latchkey.keys.OwnerSessions;
import io.latchkey.verify.KeyTokenScopePolicy;
import io.latchkey.verify.Verification.Accepted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Issues tokens from accepted keys for endpoints at which no client requests them. */
public final class KeyTokenIssuer {

    private static final String ENDPOINT = "request";

    private final KeycloakSession session;
    private Optional<Instant> reusableUntil = Optional.empty();

    public KeyTokenIssuer(KeycloakSession session) {
        this.session = session;
    }

    /**
     * @param client the token is made for, as if it had asked
     * @param scope to ask for; empty for the client's defaults, or all the key carries
     * @param audiences client ids of the APIs that the token has to be meant for
     * @param event learns what Keycloak's own events say of tokens; success and failure are the caller's to write
     */
    public KeyTokenBuilder.Result token(
            Accepted accepted,
            ClientModel client,
            Optional<String> scope,
            List<String> audiences,
            Supplier<EventBuilder> event) {
        TokenCache fresh = new TokenCache(session);
        TokenCache.Wish wish = TokenCache.Wish.of(session, ENDPOINT, accepted.key(), client, scope, audiences);
        Optional<TokenCache.Kept<KeyTokenBuilder.Result.Made>> before =
                fresh.find(accepted.owner(), wish, KeyTokenBuilder.Result.Made.class);
        reusableUntil = before.map(TokenCache.Kept::youngUntil);
        if (before.isPresent()) {
            return before.get().answer();
        }
        KeyTokenBuilder.Result result = make(accepted, client, scope, audiences, event);
        // Consent can be taken back without any word to the owner's cache.
        if (result instanceof KeyTokenBuilder.Result.Made made && !client.isConsentRequired()) {
            fresh.keep(accepted.owner(), wish, made.token(), made);
        }
        return result;
    }

    /** Until when the last token may be handed out again; empty where it was made for one request. */
    public Optional<Instant> reusableUntil() {
        return reusableUntil;
    }

    private KeyTokenBuilder.Result make(
            Accepted accepted,
            ClientModel client,
            Optional<String> scope,
            List<String> audiences,
            Supplier<EventBuilder> event) {
        KeyTokenPostProcessor.verified(session, accepted.key());
        KeyTokenScopePolicy terms =
                KeyTokenScopePolicy.of(session.getContext().getRealm(), client, accepted.key(), scope, audiences);
        if (terms instanceof KeyTokenScopePolicy.Refused refused) {
            return new KeyTokenBuilder.Result.Refused(
                    new TokenDenial(refused.fault().error(), refused.detail()));
        }
        KeyTokenScopePolicy.Granted granted = (KeyTokenScopePolicy.Granted) terms;
        KeyTokenRequest login = new KeyTokenRequest(
                accepted.key().id(),
                OwnerSessions.KEY_NOTE,
                accepted.owner(),
                granted.scope(),
                granted.audiences(),
                granted.demanded(),
                false);
        return new KeyTokenBuilder(session).make(client, login, ApiKeyGrantType.GRANT_TYPE, event.get());
    }
}
