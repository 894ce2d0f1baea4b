package io.latchkey.token;

import io.latchkey.ApiKeysProvider;
import io.latchkey.key.KeyId;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.model.ApiKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;

/**
 * Caches recently issued tokens that equal what a new one would contain. They are attached to the cached owner of the key,
 * so any change of owner or key evicts them; a change of realm, client, scope or role makes them stale.
 */
final class TokenCache {

    private static final int MOST_PER_OWNER = 64;

    private final KeycloakSession session;
    private final OwnerCache ownerCache;

    TokenCache(KeycloakSession session) {
        this.session = session;
        this.ownerCache = ApiKeysProvider.of(session).ownerCache();
    }

    /**
     * All that decides what a token of one owner says, as long as nothing changes.
     *
     * @param door whose answers these are
     * @param version of the key, which may have been read before the owner was
     * @param scope as it was asked for
     * @param audiences as they were asked for
     * @param base where the request was sent to, from which Keycloak makes the issuer where its configuration does not name one
     */
    record Wish(
            String door,
            KeyId key,
            int version,
            String clientId,
            Optional<String> scope,
            List<String> audiences,
            String base) {

        static Wish of(
                KeycloakSession session,
                String door,
                ApiKey key,
                ClientModel client,
                Optional<String> scope,
                List<String> audiences) {
            String base =
                    session.getContext().getHttpRequest().getUri().getBaseUri().toString();
            return new Wish(door, key.id(), key.version(), client.getId(), scope, List.copyOf(audiences), base);
        }
    }

    /** An answer that was given before, if its token has at least half of its life before it. */
    <T> Optional<Kept<T>> find(UserModel owner, Wish wish, Class<T> type) {
        return attachments(owner)
                .map(kept -> kept.get(wish))
                .filter(kept -> type.isInstance(kept.answer()))
                .filter(this::isGood)
                .map(kept -> new Kept<>(
                        type.cast(kept.answer()), kept.tokenId(), kept.madeAt(), kept.endsAt(), kept.revision()));
    }

    /** Remembers an answer, unless its token is bound to its caller (RFC 9449, RFC 8705). */
    void keep(UserModel owner, Wish wish, AccessToken token, Object answer) {
        OptionalLong revision = ownerCache.revision();
        if (revision.isEmpty() || token.getConfirmation() != null || token.getExp() == null) {
            return;
        }
        attachments(owner).ifPresent(kept -> {
            if (kept.size() >= MOST_PER_OWNER) {
                kept.clear();
            }
            kept.put(
                    wish,
                    new Kept<>(
                            answer, token.getId(), now(), Instant.ofEpochSecond(token.getExp()), revision.getAsLong()));
        });
    }

    @SuppressWarnings("unchecked")
    private Optional<Map<Wish, Kept<?>>> attachments(UserModel owner) {
        return ApiKeysProvider.of(session).cachesTokens()
                ? ownerCache.attachments(owner).map(attachments -> (Map<Wish, Kept<?>>)
                        attachments.computeIfAbsent(TokenCache.class, none -> new ConcurrentHashMap<>()))
                : Optional.empty();
    }

    private boolean isGood(Kept<?> kept) {
        Instant now = now();
        OptionalLong revision = ownerCache.revision();
        return revision.isPresent()
                && revision.getAsLong() == kept.revision()
                && kept.isYoung(now)
                && !KeyTokenRevokedTokenProvider.isRevokedAlone(session, kept.tokenId());
    }

    private Instant now() {
        return ApiKeysProvider.of(session).clock().instant();
    }

    /**
     * @param revision of realms, clients, scopes and roles at the latest when the token was made
     */
    record Kept<T>(T answer, String tokenId, Instant madeAt, Instant endsAt, long revision) {

        /** Whether at least half of its life is before it. */
        boolean isYoung(Instant now) {
            return now.isBefore(youngUntil());
        }

        Instant youngUntil() {
            return madeAt.plus(Duration.between(madeAt, endsAt).dividedBy(2));
        }

        /** In seconds. */
        long remaining(Instant now) {
            return endsAt.getEpochSecond() - now.getEpochSecond();
        }
    }
}
