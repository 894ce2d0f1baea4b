package io.latchkey.keycloak;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Caches responses of verify and forward-auth for about a second. The event loop serves them without a worker thread and a
 * transaction, while {@link OwnerCache} confirms that nothing they follow from has changed.
 *
 * <p>The time to live bounds what no cache invalidation reports, such as brute-force lockouts and the end of a client's
 * old secret.
 */
public final class ResponseCache {

    /** Of a few kilobytes each. */
    private static final int MOST = 4_096;

    private final Clock clock;
    private final Duration ttl;
    private final Cache<ResponseCacheKey, Entry> answers;

    /** @param moment how long an answer may be repeated; zero for never */
    public ResponseCache(Clock clock, Duration ttl) {
        this.clock = clock;
        this.ttl = ttl;
        this.answers = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(ttl)
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .build();
    }

    /**
     * What such a request is answered now, if that is known; counts as a use.
     *
     * @param headers that may make a difference to the use, but none to the answer
     * @param own takes the headers that this answer has beside those of all others like it
     */
    Optional<CachedResponse> find(ResponseCacheKey request, RawRequestHeaders headers, BiConsumer<String, String> own) {
        Entry entry = answers.getIfPresent(request);
        if (entry == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (!entry.isValid(now)) {
            answers.invalidate(request);
            return Optional.empty();
        }
        return entry.repeat(now, headers, own);
    }

    /** Has everything decided anew: for changes that {@link OwnerCache} does not see. */
    public void evictAll() {
        answers.invalidateAll();
    }

    /** Nothing is kept of an answer that went wrong after it had been decided. */
    void put(ResponseCacheKey request, CachedResponse cached, Dependencies dependencies) {
        if (cached.answer().getStatus() != Response.Status.OK.getStatusCode()) {
            return;
        }
        Instant now = clock.instant();
        Instant until = now.plus(ttl);
        answers.put(
                request,
                new Entry(
                        cached,
                        dependencies,
                        now,
                        dependencies.end().filter(until::isAfter).orElse(until)));
    }

    /**
     * What an answer stands on. Kept with it, so it must hold on to no session and no key.
     *
     * @param unchanged whether everything still is as it was; asked without a session
     * @param end from when on it is wrong in any case
     * @param repetition asked each time it is given again
     */
    public record Dependencies(BooleanSupplier unchanged, Optional<Instant> end, Repetition repetition) {}

    /** One more use, without looking. Kept with the response, so it must hold on to no session and no key. */
    @FunctionalInterface
    public interface Repetition {

        /**
         * What is answered now, where that was answered before: a copy for its sender to add to. Empty where it has to be decided
         * anew; then no headers were said.
         */
        Optional<Response> repeat(
                Response before, Instant now, RawRequestHeaders headers, BiConsumer<String, String> own);
    }

    /** An answer that was given, with all its headers. */
    record CachedResponse(Response answer, MetricsUriTag path) {}

    private record Entry(CachedResponse cached, Dependencies dependencies, Instant since, Instant until) {

        boolean isValid(Instant now) {
            // A clock that was set back makes nothing good for longer.
            return !now.isBefore(since)
                    && now.isBefore(until)
                    && dependencies.unchanged().getAsBoolean();
        }

        Optional<CachedResponse> repeat(Instant now, RawRequestHeaders headers, BiConsumer<String, String> own) {
            return dependencies
                    .repetition()
                    .repeat(cached.answer(), now, headers, own)
                    .map(answer -> new CachedResponse(answer, cached.path()));
        }
    }
}
