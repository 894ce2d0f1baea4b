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
    private final Duration moment;
    private final Cache<RequestFingerprint, Kept> answers;

    /** @param moment how long an answer may be repeated; zero for never */
    public ResponseCache(Clock clock, Duration moment) {
        this.clock = clock;
        this.moment = moment;
        this.answers = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(moment)
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
    Optional<Given> to(RequestFingerprint question, RequestHeaders headers, BiConsumer<String, String> own) {
        Kept kept = answers.getIfPresent(question);
        if (kept == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (!kept.holds(now)) {
            answers.invalidate(question);
            return Optional.empty();
        }
        return kept.again(now, headers, own);
    }

    /** Has everything decided anew: for changes that {@link OwnerCache} does not see. */
    public void forget() {
        answers.invalidateAll();
    }

    /** Nothing is kept of an answer that went wrong after it had been decided. */
    void keep(RequestFingerprint question, Given given, Grounds grounds) {
        if (given.answer().getStatus() != Response.Status.OK.getStatusCode()) {
            return;
        }
        Instant now = clock.instant();
        Instant until = now.plus(moment);
        answers.put(
                question,
                new Kept(
                        given,
                        grounds,
                        now,
                        grounds.end().filter(until::isAfter).orElse(until)));
    }

    /**
     * What an answer stands on. Kept with it, so it must hold on to no session and no key.
     *
     * @param unchanged whether everything still is as it was; asked without a session
     * @param end from when on it is wrong in any case
     * @param repetition asked each time it is given again
     */
    public record Grounds(BooleanSupplier unchanged, Optional<Instant> end, Repetition repetition) {}

    /** One more use, without looking. Kept with the answer, so it must hold on to no session and no key. */
    @FunctionalInterface
    public interface Repetition {

        /**
         * What is answered now, where that was answered before: a copy for its sender to add to. Empty where it has to be decided
         * anew; then no headers were said.
         */
        Optional<Response> again(Response before, Instant now, RequestHeaders headers, BiConsumer<String, String> own);
    }

    /** An answer that was given, with all its headers. */
    record Given(Response answer, MetricsPathLabel path) {}

    private record Kept(Given given, Grounds grounds, Instant since, Instant until) {

        boolean holds(Instant now) {
            // A clock that was set back makes nothing good for longer.
            return !now.isBefore(since)
                    && now.isBefore(until)
                    && grounds.unchanged().getAsBoolean();
        }

        Optional<Given> again(Instant now, RequestHeaders headers, BiConsumer<String, String> own) {
            return grounds.repetition()
                    .again(given.answer(), now, headers, own)
                    .map(answer -> new Given(answer, given.path()));
        }
    }
}
