package io.latchkey.keycloak;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

/** Marks a request whose response may be cached. Belongs to one request, and therefore to one thread at a time. */
public final class PendingCacheEntry {

    static final String PROPERTY = "latchkey.question";

    private final ResponseCache answers;
    private final ResponseCacheKey hash;
    private ResponseCache.Dependencies dependencies;

    PendingCacheEntry(ResponseCache answers, ResponseCacheKey hash) {
        this.answers = answers;
        this.hash = hash;
    }

    /** That of the request which this thread serves; empty for requests that are always decided anew. */
    public static Optional<PendingCacheEntry> current() {
        return Optional.ofNullable(CurrentRequestManager.get())
                .map(request -> (PendingCacheEntry) ((ResteasyReactiveRequestContext) request).getProperty(PROPERTY));
    }

    /** Says that the answer, which is about to be given, may be given again. */
    public void permitCaching(ResponseCache.Dependencies standsOn) {
        dependencies = standsOn;
    }

    boolean isCacheable() {
        return dependencies != null;
    }

    void responded(Response answer, MetricsUriTag path) {
        answers.put(hash, new ResponseCache.CachedResponse(answer, path), dependencies);
    }
}
