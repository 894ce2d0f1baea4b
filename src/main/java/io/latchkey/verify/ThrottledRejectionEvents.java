package io.latchkey.verify;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.latchkey.events.KeyUserEvents;
import io.latchkey.events.RefusalEventBuffer;
import io.latchkey.ratelimit.FailedKeyLimiter;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.usage.UsageBuffer;
import io.latchkey.verify.Verification.Rejected;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.RealmModel;

/**
 * Counts rejected keys and writes them as error events, later and in batches ({@link RefusalEventBuffer}).
 *
 * <p>An attacker must not flood the event table: per minute and node, at most {@value #PER_MINUTE} events are written for
 * one key, and as many for all unknown keys of a realm together. The rest is logged at debug level.
 */
public final class ThrottledRejectionEvents {

    static final int PER_MINUTE = 10;
    private static final int REMEMBERED = 10_000;
    private static final Logger LOG = Logger.getLogger(ThrottledRejectionEvents.class);

    private final Clock clock;
    private final UsageBuffer uses;
    private final RefusalEventBuffer events;
    private final FailedKeyLimiter wrongKeys;
    private final Cache<String, AtomicInteger> written;

    public ThrottledRejectionEvents(
            Clock clock, UsageBuffer uses, RefusalEventBuffer events, FailedKeyLimiter wrongKeys) {
        this.clock = clock;
        this.uses = uses;
        this.events = events;
        this.wrongKeys = wrongKeys;
        this.written = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(Duration.ofMinutes(1))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    public RejectedUseRecorder in(RealmModel realm) {
        return new RejectedUseRecorder(this, realm);
    }

    /** Counts a failed key; returns how long its sender has to wait. */
    RateLimitStatus count(Optional<String> address) {
        return wrongKeys.count(address);
    }

    /**
     * @param api id of the API at which the key was used; empty if there is none
     * @param error Keycloak's error code, such as {@code invalid_grant}
     */
    void report(RealmModel realm, EventBuilder event, Rejected rejected, String api, String error) {
        String reason = rejected.reason().code();
        rejected.key().ifPresent(key -> uses.rejected(key.id(), api, clock.instant(), reason));
        String subject = rejected.key().map(key -> key.id().value()).orElse("unknown");
        KeyUserEvents.describe(event, rejected.key()).detail(Details.REASON, reason);
        if (isWritten(realm.getId(), subject)) {
            events.add(event, rejected.isRateLimited() ? Errors.SLOW_DOWN : error, clock.instant());
        } else {
            LOG.debugf("Another rejected API key in realm %s: %s, %s", realm.getId(), subject, rejected.reason());
        }
    }

    boolean isWritten(String realmId, String subject) {
        long minute = clock.instant().getEpochSecond() / 60;
        AtomicInteger count = written.get(realmId + "/" + subject + "/" + minute, key -> new AtomicInteger());
        return count.incrementAndGet() <= PER_MINUTE;
    }

    /** How many subjects are counted. */
    long subjects() {
        written.cleanUp();
        return written.estimatedSize();
    }
}
