package io.latchkey.token;

import io.latchkey.ApiKeysProvider;
import io.latchkey.http.Unavailability;
import io.latchkey.key.KeyId;
import io.latchkey.keycloak.CallerConnection;
import io.latchkey.keycloak.KeycloakHook;
import io.latchkey.keycloak.PostProcessorClaimsDiff;
import io.latchkey.model.ApiKey;
import io.latchkey.rest.KeyUseRequestFactory;
import io.latchkey.verify.KeyUseRequest;
import io.latchkey.verify.Verification;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.JsonWebToken;

/**
 * Finishes every token of a session that a key opened, as the first and as the last post-processor of the server.
 *
 * <p>The token names its key, ends no later than the key, contains nothing that other post-processors added, and is issued
 * only while the key is valid and allows the address and origin. A refresh token therefore ends with its key.
 */
public final class KeyTokenPostProcessor {

    private static final String VERIFIED = "latchkey.verified";

    private final KeycloakSession session;

    private KeyTokenPostProcessor(KeycloakSession session) {
        this.session = session;
    }

    /** Marks the key as verified in this request. */
    static void verified(KeycloakSession session, ApiKey key) {
        session.setAttribute(VERIFIED, key);
    }

    /** Keeps the claims that Keycloak's mappers wrote. */
    private void first(TokenPostProcessorContext context) {
        AccessToken token = context.accessToken();
        if (token != null) {
            PostProcessorClaimsDiff snapshots = PostProcessorClaimsDiff.of(session, token);
            key(snapshots, context).ifPresent(made -> snapshots.recordMapped(token));
        }
    }

    /** Removes what later post-processors added, and narrows the token to its key. */
    private void last(TokenPostProcessorContext context) {
        AccessToken token = context.accessToken();
        if (token == null) {
            return;
        }
        PostProcessorClaimsDiff snapshots = PostProcessorClaimsDiff.of(session, token);
        Optional<KeyId> id = key(snapshots, context);
        if (id.isEmpty()) {
            return;
        }
        ClientSessionContext scopes = context.clientSessionCtx();
        if (scopes.isOfflineTokenRequested()) {
            // As the grant: an offline session would outlive the key.
            // Keycloak has made that session by now, and keeps it after an exception that has an answer (26.7).
            session.getTransactionManager().setRollbackOnly();
            throw new TokenInterceptorException(
                    OAuthErrorException.INVALID_SCOPE, "API keys do not give offline access");
        }
        ApiKey key = checked(id.get());
        if (!key.owner()
                .id()
                .equals(scopes.getClientSession().getUserSession().getUser().getId())) {
            throw new TokenInterceptorException(OAuthErrorException.INVALID_GRANT, "A key acts only for its owner");
        }
        ClientModel client = scopes.getClientSession().getClient();
        KeyTokenNarrowing narrowing = new KeyTokenNarrowing(session);
        narrowing.removeAdditions(token, snapshots);
        token.id(new KeyTokenId(key.id(), client.getId()).encode(session, token.getId()));
        narrowing.enforce(token, key, scopes);
        if (KeyTokenId.isLightweight(session, token.getId())) {
            RequestedAudienceClaim.note(token, key, scopes);
        }
        token.setOtherClaims("api_key_id", key.id().value());
        // RFC 9068, section 2.2
        token.setOtherClaims("client_id", client.getClientId());
        ApiKeysProvider apiKeysProvider = ApiKeysProvider.of(session);
        Duration lifespan =
                apiKeysProvider.policy(session.getContext().getRealm()).tokenLifespan();
        endBy(token, apiKeysProvider.clock().instant().plus(lifespan));
        key.endsAt().ifPresent(end -> {
            endBy(token, end);
            if (context.refreshToken() != null) {
                endBy(context.refreshToken(), end);
            }
        });
        snapshots.recordReleased(token);
    }

    private Optional<KeyId> key(PostProcessorClaimsDiff snapshots, TokenPostProcessorContext context) {
        TokenKeyResolver origin =
                new TokenKeyResolver(session, context.clientSessionCtx().getClientSession());
        return snapshots.key(origin::find);
    }

    private ApiKey checked(KeyId id) {
        ApiKey verified = session.getAttribute(VERIFIED, ApiKey.class);
        if (verified != null && verified.id().equals(id)) {
            return verified;
        }
        RealmModel realm = session.getContext().getRealm();
        ApiKeysProvider apiKeysProvider = ApiKeysProvider.of(session);
        KeyUseRequest request = KeyUseRequestFactory.of(session, "");
        Verification verification = Unavailability.guard(() -> {
            Verification current = apiKeysProvider.verifier().recheck(realm, id);
            return current instanceof Accepted accepted
                    ? apiKeysProvider.verifier().admit(realm, accepted, request)
                    : current;
        });
        if (verification instanceof Rejected rejected) {
            EventBuilder event = new EventBuilder(realm, session, CallerConnection.of(session));
            apiKeysProvider.rejectedUses().record(event.event(EventType.REFRESH_TOKEN), rejected, Errors.INVALID_TOKEN);
            throw new TokenInterceptorException(OAuthErrorException.INVALID_GRANT, "Session not active");
        }
        return ((Accepted) verification).key();
    }

    private static void endBy(JsonWebToken token, Instant latest) {
        long end = latest.getEpochSecond();
        if (token.getExp() == null || token.getExp() == 0 || token.getExp() > end) {
            token.exp(end);
        }
    }

    /** Registers the first post-processor (SPI {@code token-interceptor}, since Keycloak 26.6). */
    public static final class FirstFactory implements TokenPostProcessorFactory, KeycloakHook {

        @Override
        public TokenPostProcessor create(KeycloakSession session) {
            return new KeyTokenPostProcessor(session)::first;
        }

        @Override
        public String getId() {
            return "latchkey-first";
        }

        /** Keycloak runs the highest order first (26.7: {@code TokenManager.AccessTokenResponseBuilder}). */
        @Override
        public int order() {
            return Integer.MAX_VALUE;
        }
    }

    /** Registers the last post-processor. */
    public static final class LastFactory implements TokenPostProcessorFactory, KeycloakHook {

        @Override
        public TokenPostProcessor create(KeycloakSession session) {
            return new KeyTokenPostProcessor(session)::last;
        }

        @Override
        public String getId() {
            return "latchkey-last";
        }

        @Override
        public int order() {
            return Integer.MIN_VALUE;
        }
    }
}
