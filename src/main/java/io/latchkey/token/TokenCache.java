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
 * Caches tokens made from keys, so that equal requests get the same token during the first half of its lifespan. They are
 * attached to the cached owner of the key, so any change of owner or key evicts them; a change of realm, client, scope or
 * role makes them stale.
 */
final class TokenCache {

    private static final int MAX_PER_OWNER = 64;

    private final KeycloakSession session;
    private final OwnerCache ownerCache;

    TokenCache(KeycloakSession session) {
        this.session = session;
        this.ownerCache = ApiKeysProvider.of(session).ownerCache();
    }

    /**
     * Everything that determines the token of one owner, as long as nothing changes.
     *
     * @param endpoint that caches the response, always of the same type
     * @param version of the key, which may have been read before the owner was
     * @param scope as requested
     * @param audiences as requested
     * @param base URI of the request, from which Keycloak derives the issuer if no hostname is configured
     */
    record CacheKey(
            String endpoint,
            KeyId key,
            int version,
            String clientId,
            Optional<String> scope,
            List<String> audiences,
            String base) {

        static CacheKey of(
                KeycloakSession session,
                String endpoint,
                ApiKey key,
                ClientModel client,
                Optional<String> scope,
                List<String> audiences) {
            String base =
                    session.getContext().getHttpRequest().getUri().getBaseUri().toString();
            return new CacheKey(endpoint, key.id(), key.version(), client.getId(), scope, List.copyOf(audiences), base);
        }
    }

    /** A cached response, if at least half of its token's lifespan remains. */
    @SuppressWarnings("unchecked")
    <T> Optional<Entry<T>> find(UserModel owner, CacheKey cacheKey) {
        return attachments(owner)
                .map(entries -> (Entry<T>) entries.get(cacheKey))
                .filter(this::isReusable);
    }

    /** Caches a response, unless its token is bound to its caller (RFC 9449, RFC 8705). */
    void put(UserModel owner, CacheKey cacheKey, AccessToken token, Object response) {
        OptionalLong revision = ownerCache.revision();
        if (revision.isEmpty() || token.getConfirmation() != null || token.getExp() == null) {
            return;
        }
        attachments(owner).ifPresent(entries -> {
            if (entries.size() >= MAX_PER_OWNER) {
                entries.clear();
            }
            Instant end = Instant.ofEpochSecond(token.getExp());
            entries.put(cacheKey, new Entry<>(response, token.getId(), now(), end, revision.getAsLong()));
        });
    }

    @SuppressWarnings("unchecked")
    private Optional<Map<CacheKey, Entry<?>>> attachments(UserModel owner) {
        return ApiKeysProvider.of(session).cachesTokens()
                ? ownerCache.attachments(owner).map(attachments -> (Map<CacheKey, Entry<?>>)
                        attachments.computeIfAbsent(TokenCache.class, none -> new ConcurrentHashMap<>()))
                : Optional.empty();
    }

    private boolean isReusable(Entry<?> entry) {
        return ownerCache.revision().equals(OptionalLong.of(entry.revision()))
                && entry.isReusable(now())
                && !KeyTokenRevokedTokenProvider.isRevokedAlone(session, entry.tokenId());
    }

    private Instant now() {
        return ApiKeysProvider.of(session).clock().instant();
    }

    /**
     * @param revision of realms, clients, scopes and roles at the latest when the token was made
     */
    record Entry<T>(T response, String tokenId, Instant issuedAt, Instant endsAt, long revision) {

        /** Whether at least half of its lifespan remains. */
        boolean isReusable(Instant now) {
            return now.isBefore(reusableUntil());
        }

        Instant reusableUntil() {
            return issuedAt.plus(Duration.between(issuedAt, endsAt).dividedBy(2));
        }

        /** In seconds. */
        long remaining(Instant now) {
            return endsAt.getEpochSecond() - now.getEpochSecond();
        }
    }
}
