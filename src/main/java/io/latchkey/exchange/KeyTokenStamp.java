package io.latchkey.exchange;

import io.latchkey.Latchkey;
import io.latchkey.key.KeyId;
import io.latchkey.lifecycle.OwnerSessions;
import io.latchkey.model.ApiKey;
import io.latchkey.verify.Verification;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.JsonWebToken;

/**
 * Marks every token of a session that a key opened, whichever grant asks for it: the token names its key, does not outlive it,
 * and is made only while the key is good. So a refresh token dies with the key, too.
 */
final class KeyTokenStamp implements TokenPostProcessor {

    private static final String VERIFIED = "latchkey.verified";

    private final KeycloakSession session;

    KeyTokenStamp(KeycloakSession session) {
        this.session = session;
    }

    /** The key was checked in this very request and need not be checked again. */
    static void verified(KeycloakSession session, ApiKey key) {
        session.setAttribute(VERIFIED, key);
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        AuthenticatedClientSessionModel clientSession =
                context.clientSessionCtx().getClientSession();
        Optional<KeyId> id = Optional.ofNullable(clientSession.getUserSession().getNote(OwnerSessions.KEY_NOTE))
                .flatMap(KeyId::parse)
                .or(() -> exchangedFor(clientSession))
                .or(this::presented);
        if (id.isEmpty() || context.accessToken() == null) {
            return;
        }
        ApiKey key = checked(id.get());
        requireOwner(key, clientSession.getUserSession().getUser());
        AccessToken token = context.accessToken();
        ClientModel client = clientSession.getClient();
        token.id(new KeyTokenId(key.id(), client.getId()).encode(session, token.getId()));
        new KeyTokenLimits(session).hold(token, key, context.clientSessionCtx());
        if (KeyTokenId.isLightweight(session, token.getId())) {
            AskedAudiences.note(token, key, context.clientSessionCtx());
        }
        token.setOtherClaims("api_key_id", key.id().value());
        // RFC 9068, section 2.2
        token.setOtherClaims("client_id", client.getClientId());
        Instant latest = Latchkey.of(session).clock().instant().plus(policyLifespan());
        endBy(token, latest);
        key.endsAt().ifPresent(end -> endBy(token, end));
        if (context.refreshToken() != null) {
            key.endsAt().ifPresent(end -> endBy(context.refreshToken(), end));
        }
    }

    /**
     * The key behind the token that was exchanged for this one (RFC 8693). A passing session is gone by then with all its
     * notes, but Keycloak notes the id of the subject token (26.7: {@code StandardTokenExchangeProvider}).
     */
    private Optional<KeyId> exchangedFor(AuthenticatedClientSessionModel clientSession) {
        return clientSession.getNotes().entrySet().stream()
                .filter(note -> note.getKey().startsWith(Constants.TOKEN_EXCHANGE_SUBJECT_CLIENT))
                .flatMap(note -> KeyTokenId.parse(session, note.getValue()).stream())
                .map(KeyTokenId::key)
                .findAny();
    }

    /**
     * The key behind the subject token of this request, which Keycloak's first token exchange does not note (26.7). Only there,
     * and only if the token is ours: elsewhere anybody may write anything into that parameter, an id of somebody's key included.
     */
    private Optional<KeyId> presented() {
        MultivaluedMap<String, String> form =
                session.getContext().getHttpRequest().getDecodedFormParameters();
        String subject = form.getFirst(OAuth2Constants.SUBJECT_TOKEN);
        if (subject == null
                || !OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE.equals(form.getFirst(OAuth2Constants.GRANT_TYPE))) {
            return Optional.empty();
        }
        return Optional.ofNullable(session.tokens().decode(subject, AccessToken.class))
                .flatMap(signed -> KeyTokenId.parse(session, signed.getId()))
                .map(KeyTokenId::key);
    }

    private ApiKey checked(KeyId id) {
        ApiKey verified = session.getAttribute(VERIFIED, ApiKey.class);
        if (verified != null && verified.id().equals(id)) {
            return verified;
        }
        RealmModel realm = session.getContext().getRealm();
        Latchkey latchkey = Latchkey.of(session);
        Verification verdict = latchkey.verifier().recheck(realm, id);
        if (verdict instanceof Rejected rejected) {
            EventBuilder event =
                    new EventBuilder(realm, session, session.getContext().getConnection());
            latchkey.rejections().record(event.event(EventType.REFRESH_TOKEN), rejected, Errors.INVALID_TOKEN);
            throw new TokenInterceptorException(OAuthErrorException.INVALID_GRANT, "Session not active");
        }
        return ((Accepted) verdict).key();
    }

    private static void requireOwner(ApiKey key, UserModel user) {
        if (!key.owner().id().equals(user.getId())) {
            throw new TokenInterceptorException(
                    OAuthErrorException.INVALID_GRANT, "A key acts for nobody but its owner");
        }
    }

    private Duration policyLifespan() {
        return Latchkey.of(session).policy(session.getContext().getRealm()).tokenLifespan();
    }

    private static void endBy(JsonWebToken token, Instant latest) {
        long end = latest.getEpochSecond();
        if (token.getExp() == null || token.getExp() == 0 || token.getExp() > end) {
            token.exp(end);
        }
    }
}
