package io.latchkey.cache;

import io.latchkey.keycloak.MetricsUriTag;
import io.latchkey.keycloak.PreMatchingRequest;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * Holds the key under which the response cache may store the response to a request. Belongs to one request, and
 * therefore to one thread at a time.
 */
final class CacheableRequest {

    static final String PROPERTY = "latchkey.response-cache";

    private final ResponseCache cache;
    private final ResponseCacheKey key;
    private ResponseCache.Dependencies dependencies;

    CacheableRequest(ResponseCache cache, ResponseCacheKey key) {
        this.cache = cache;
        this.key = key;
    }

    /** The entry of the request that this thread serves; empty for requests that are never cached. */
    static Optional<CacheableRequest> current() {
        return PreMatchingRequest.currentProperty(PROPERTY).map(CacheableRequest.class::cast);
    }

    void permitCaching(ResponseCache.Dependencies permitted) {
        dependencies = permitted;
    }

    boolean isCacheable() {
        return dependencies != null;
    }

    void put(Response response, MetricsUriTag metricsUriTag) {
        cache.put(key, new ResponseCache.CachedResponse(response, metricsUriTag), dependencies);
    }
}
