package io.latchkey.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.ApiKeysProvider;
import io.latchkey.ApiKeysProviderFactory;
import io.latchkey.fakes.CachedRealms;
import io.latchkey.fakes.RealmStub;
import io.latchkey.fakes.Stub;
import io.latchkey.model.ApiKey;
import io.latchkey.model.TestKeys;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.keycloak.Config;
import org.keycloak.common.util.Time;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RevokedTokenProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.representations.AccessToken;

/** Beside an owner whom Keycloak has in its cache. */
class KeptTokensTest {

    private static final int MOST = 64;
    private static final Duration LIFESPAN = Duration.ofMinutes(5);

    private final ConcurrentMap<Object, Object> besideOwner = new ConcurrentHashMap<>();

    @Test
    void whatWasKeptIsFound() {
        put(cacheKey("one"));

        assertEquals(Optional.of("answer to one"), find(cacheKey("one")));
        assertEquals(Optional.empty(), find(cacheKey("another")));
    }

    @Test
    void whatAnEarlierVersionOfTheKeyGotIsNotFound() {
        put(cacheKey(3, "one"));

        assertEquals(Optional.empty(), find(cacheKey(4, "one")));
    }

    @Test
    void whatWasKeptBeforeAChangeOfTheRealmIsNotFound() {
        put(cacheKey("one"));

        assertEquals(Optional.empty(), find(session(8, ""), cacheKey("one")));
    }

    @Test
    void aTokenThatWasRevokedAloneIsNotFound() {
        put(cacheKey("one"));

        assertEquals(Optional.empty(), find(session(7, "token for one"), cacheKey("one")));
    }

    @Test
    void aTokenThatIsBoundToItsCallerIsNotKept() {
        AccessToken bound = token("one");
        bound.setConfirmation(new AccessToken.Confirmation());

        new TokenCache(session(7, "")).put(owner(), cacheKey("one"), bound, "answer to one");

        assertEquals(Optional.empty(), find(cacheKey("one")));
    }

    @Test
    void asManyAsAreAllowedAreKept() {
        IntStream.range(0, MOST).forEach(i -> put(cacheKey("number " + i)));

        IntStream.range(0, MOST)
                .forEach(i -> assertEquals(Optional.of("answer to number " + i), find(cacheKey("number " + i))));
    }

    @Test
    void noOwnerKeepsMoreHoweverManyAreAskedFor() {
        for (int i = 0; i < 10 * MOST + 1; i++) {
            put(cacheKey("number " + i));

            assertTrue(kept() <= MOST, () -> "kept: " + kept());
            assertEquals(Optional.of("answer to number " + i), find(cacheKey("number " + i)));
        }
    }

    private void put(TokenCache.CacheKey cacheKey) {
        String scope = cacheKey.scope().orElseThrow();
        new TokenCache(session(7, "")).put(owner(), cacheKey, token(scope), "answer to " + scope);
    }

    private Optional<String> find(TokenCache.CacheKey cacheKey) {
        return find(session(7, ""), cacheKey);
    }

    private Optional<String> find(KeycloakSession session, TokenCache.CacheKey cacheKey) {
        return new TokenCache(session).<String>find(owner(), cacheKey).map(TokenCache.Entry::response);
    }

    private int kept() {
        return besideOwner.values().stream()
                .mapToInt(tokens -> ((Map<?, ?>) tokens).size())
                .sum();
    }

    private static TokenCache.CacheKey cacheKey(String scope) {
        return cacheKey(1, scope);
    }

    private static TokenCache.CacheKey cacheKey(int version, String scope) {
        ApiKey key = TestKeys.active();
        ApiKey changed = new ApiKey(
                key.id(),
                key.realmId(),
                key.prefix(),
                key.owner(),
                key.settings(),
                key.origin(),
                key.confirmed(),
                key.rotation(),
                key.revocation(),
                key.hash(),
                version);
        return TokenCache.CacheKey.of(
                request(),
                "endpoint",
                changed,
                RealmStub.client("app", List.of(), List.of()).make(),
                Optional.of(scope),
                List.of());
    }

    private static KeycloakSession request() {
        UriInfo uri = Stub.of(UriInfo.class)
                .with("getBaseUri", URI.create("http://localhost/"))
                .make();
        HttpRequest request = Stub.of(HttpRequest.class).with("getUri", uri).make();
        KeycloakContext context =
                Stub.of(KeycloakContext.class).with("getHttpRequest", request).make();
        return Stub.of(KeycloakSession.class).with("getContext", context).make();
    }

    private static AccessToken token(String scope) {
        AccessToken token = new AccessToken();
        token.id("token for " + scope);
        token.exp((Time.currentTimeMillis() + LIFESPAN.toMillis()) / 1000);
        return token;
    }

    private UserModel owner() {
        return Stub.of(CachedUserModel.class)
                .with("isMarkedForEviction", false)
                .with("getCacheTimestamp", Time.currentTimeMillis())
                .with("getCachedWith", besideOwner)
                .make();
    }

    /**
     * @param revision how many changes of realms there had been when it began
     * @param revoked the id of a token
     */
    private static KeycloakSession session(long revision, String revoked) {
        ApiKeysProviderFactory factory = new ApiKeysProviderFactory();
        factory.init(Stub.of(Config.Scope.class).with("get", null).make());
        ApiKeysProvider apiKeysProvider = factory.create(Stub.of(KeycloakSession.class)
                .with("realms", CachedRealms.at(revision))
                .make());
        RevokedTokenProvider revocations = Stub.of(RevokedTokenProvider.class)
                .answering("contains", sent -> sent[0].equals(revoked))
                .make();
        return Stub.of(KeycloakSession.class)
                .answering("getProvider", sent -> sent[0] == ApiKeysProvider.class ? apiKeysProvider : revocations)
                .make();
    }
}
