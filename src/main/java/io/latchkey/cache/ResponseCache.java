package io.latchkey.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.latchkey.keycloak.MetricsUriTag;
import io.latchkey.keycloak.PreMatchingRequest;
import io.latchkey.keycloak.RawRequestHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Caches responses of verify and forward-auth for about a second. The event loop serves them without a worker thread and a
 * transaction, while {@link io.latchkey.keycloak.OwnerCache} confirms that nothing they depend on has changed.
 *
 * <p>The time to live bounds what no cache invalidation reports, such as brute-force lockouts and the end of a client's
 * old secret.
 */
public final class ResponseCache {

    /** Of a few kilobytes each. */
    private static final int MAX_ENTRIES = 4_096;

    private final Clock clock;
    private final Duration ttl;
    private final Cache<Key, Entry> entries;

    /** @param ttl how long a response is cached at most; zero caches nothing */
    public ResponseCache(Clock clock, Duration ttl) {
        this.clock = clock;
        this.ttl = ttl;
        this.entries = Caffeine.newBuilder()
                .maximumSize(MAX_ENTRIES)
                .expireAfterWrite(ttl)
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .build();
    }

    /**
     * Serves the request from the cache; if there is no response, marks it as a {@link CacheableRequest}.
     *
     * @param headers names of the headers that the response depends on, besides method, URL and address of the caller
     */
    public void serve(PreMatchingRequest request, List<String> headers, byte[] body) {
        Key.of(request, headers, body)
                .ifPresent(key -> find(key, request::onlyHeader)
                        .ifPresentOrElse(
                                cached -> request.respond(cached.response(), cached.metricsUriTag()),
                                () -> request.setProperty(CacheableRequest.PROPERTY, new CacheableRequest(key))));
    }

    /**
     * Returns the cached response and counts one more use.
     *
     * @param headers of this request, which may change the use but not the response
     */
    Optional<CachedResponse> find(Key key, RawRequestHeaders headers) {
        Entry entry = entries.getIfPresent(key);
        if (entry == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (!entry.isValid(now)) {
            entries.invalidate(key);
            return Optional.empty();
        }
        return entry.dependencies()
                .repetition()
                .repeat(entry.cached().response(), now, headers)
                .map(response -> new CachedResponse(response, entry.cached().metricsUriTag()));
    }

    /** Evicts all responses, after a change that {@link io.latchkey.keycloak.OwnerCache} does not see. */
    public void evictAll() {
        entries.invalidateAll();
    }

    /** Caches a successful response. A response that failed after the decision is not cached. */
    void put(Key key, CachedResponse cached, Dependencies dependencies) {
        if (cached.response().getStatus() == Response.Status.OK.getStatusCode()) {
            Instant now = clock.instant();
            Instant expiry = now.plus(ttl);
            Instant until = dependencies.end().filter(expiry::isAfter).orElse(expiry);
            entries.put(key, new Entry(cached, dependencies, now, until));
        }
    }

    /**
     * Describes what a response depends on. Cached with it, so it must reference no session and no key.
     *
     * @param unchanged whether everything still is as it was; called without a session
     * @param end when the response becomes wrong in any case
     * @param repetition called each time the cached response is served
     */
    public record Dependencies(BooleanSupplier unchanged, Optional<Instant> end, Repetition repetition) {}

    /** Counts one more use. Cached with the response, so it must reference no session and no key. */
    @FunctionalInterface
    public interface Repetition {

        /** Returns the response to this use, made from the cached one; empty if the use has to be decided again. */
        Optional<Response> repeat(Response cached, Instant now, RawRequestHeaders headers);
    }

    /** Holds the key of a request whose response may be cached. Belongs to one request, and therefore to one thread at a time. */
    final class CacheableRequest {

        static final String PROPERTY = "latchkey.response-cache";

        private final Key key;
        private Dependencies dependencies;

        private CacheableRequest(Key key) {
            this.key = key;
        }

        /** The entry of the request that this thread serves; empty for requests that are never cached. */
        static Optional<CacheableRequest> current() {
            return PreMatchingRequest.currentProperty(PROPERTY).map(CacheableRequest.class::cast);
        }

        void permitCaching(Dependencies permitted) {
            dependencies = permitted;
        }

        boolean isCacheable() {
            return dependencies != null;
        }

        void put(CachedResponse response) {
            ResponseCache.this.put(key, response, dependencies);
        }
    }

    /**
     * Identifies equal requests in the response cache by a salted hash, from which the request cannot be recovered.
     *
     * @param bytes SHA-256 with a salt of this node
     */
    record Key(ByteBuffer bytes) {

        private static final byte[] SALT = new byte[32];

        static {
            // Never generateSeed, which may wait for entropy: this may be the event loop.
            new SecureRandom().nextBytes(SALT);
        }

        /** Empty if URL or sender are unknown: without a Host, or from behind a proxy that does not name the sender. */
        static Optional<Key> of(PreMatchingRequest request, List<String> headers, byte[] body) {
            return request.uri()
                    .flatMap(uri -> request.sender().map(sender -> {
                        List<byte[]> parts =
                                new ArrayList<>(List.of(bytes(request.method()), bytes(uri), bytes(sender)));
                        headers.forEach(header -> parts.add(bytes(String.join("\n", request.headers(header)))));
                        parts.add(body);
                        return of(parts);
                    }));
        }

        static Key of(List<byte[]> parts) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(SALT);
                for (byte[] part : parts) {
                    // With their lengths, so that no part can pass for the end of another.
                    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
                    digest.update(part);
                }
                return new Key(ByteBuffer.wrap(digest.digest()));
            } catch (NoSuchAlgorithmException everyJdkHasIt) {
                throw new IllegalStateException(everyJdkHasIt);
            }
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A response with all its headers. */
    record CachedResponse(Response response, MetricsUriTag metricsUriTag) {}

    private record Entry(CachedResponse cached, Dependencies dependencies, Instant since, Instant until) {

        boolean isValid(Instant now) {
            // A clock that was set back extends no entry.
            return !now.isBefore(since)
                    && now.isBefore(until)
                    && dependencies.unchanged().getAsBoolean();
        }
    }
}
