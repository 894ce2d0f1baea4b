package io.latchkey.token;

import io.latchkey.ApiKeysProvider;
import io.latchkey.http.Unavailability;
import io.latchkey.key.KeyId;
import io.latchkey.keycloak.AccessTokenClaimsSnapshots;
import io.latchkey.keycloak.CallerConnection;
import io.latchkey.model.ApiKey;
import io.latchkey.rest.KeyUseRequests;
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
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.JsonWebToken;

/**
 * Finishes every token of a session that a key opened, as the last post-processor of the server.
 *
 * <p>The token names its key, ends no later than the key, contains nothing that other post-processors added, and is issued
 * only while the key is valid and allows the address and origin. A refresh token therefore ends with its key.
 */
final class KeyTokenPostProcessor implements TokenPostProcessor {

    private static final String VERIFIED = "latchkey.verified";

    private final KeycloakSession session;

    KeyTokenPostProcessor(KeycloakSession session) {
        this.session = session;
    }

    /** Marks the key as verified in this request. */
    static void verified(KeycloakSession session, ApiKey key) {
        session.setAttribute(VERIFIED, key);
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        AccessToken token = context.accessToken();
        if (token == null) {
            return;
        }
        AccessTokenClaimsSnapshots draft = AccessTokenClaimsSnapshots.of(session, token);
        Optional<KeyId> id = draft.key(() -> new KeyTokenOrigin(session).find(context));
        if (id.isEmpty()) {
            return;
        }
        AuthenticatedClientSessionModel clientSession =
                context.clientSessionCtx().getClientSession();
        if (context.clientSessionCtx().isOfflineTokenRequested()) {
            // As the grant: an offline session would outlive the key.
            // Keycloak has made that session by now, and keeps it after an exception that has an answer (26.7).
            session.getTransactionManager().setRollbackOnly();
            throw new TokenInterceptorException(
                    OAuthErrorException.INVALID_SCOPE, "API keys do not give offline access");
        }
        ApiKey key = checked(id.get());
        requireOwner(key, clientSession.getUserSession().getUser());
        new KeyTokenNarrowing(session).removeAdditions(token, draft);
        ClientModel client = clientSession.getClient();
        token.id(new KeyTokenId(key.id(), client.getId()).encode(session, token.getId()));
        new KeyTokenNarrowing(session).enforce(token, key, context.clientSessionCtx());
        if (KeyTokenId.isLightweight(session, token.getId())) {
            RequestedAudiences.note(token, key, context.clientSessionCtx());
        }
        token.setOtherClaims("api_key_id", key.id().value());
        // RFC 9068, section 2.2
        token.setOtherClaims("client_id", client.getClientId());
        Instant latest = ApiKeysProvider.of(session).clock().instant().plus(policyLifespan());
        endBy(token, latest);
        key.endsAt().ifPresent(end -> endBy(token, end));
        if (context.refreshToken() != null) {
            key.endsAt().ifPresent(end -> endBy(context.refreshToken(), end));
        }
        draft.recordReleased(token);
    }

    private ApiKey checked(KeyId id) {
        ApiKey verified = session.getAttribute(VERIFIED, ApiKey.class);
        if (verified != null && verified.id().equals(id)) {
            return verified;
        }
        RealmModel realm = session.getContext().getRealm();
        ApiKeysProvider apiKeysProvider = ApiKeysProvider.of(session);
        KeyUseRequest request = KeyUseRequests.of(session, "");
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

    private static void requireOwner(ApiKey key, UserModel user) {
        if (!key.owner().id().equals(user.getId())) {
            throw new TokenInterceptorException(OAuthErrorException.INVALID_GRANT, "A key acts only for its owner");
        }
    }

    private Duration policyLifespan() {
        return ApiKeysProvider.of(session)
                .policy(session.getContext().getRealm())
                .tokenLifespan();
    }

    private static void endBy(JsonWebToken token, Instant latest) {
        long end = latest.getEpochSecond();
        if (token.getExp() == null || token.getExp() == 0 || token.getExp() > end) {
            token.exp(end);
        }
    }
}
