package io.latchkey.verify;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.latchkey.events.OwnerAudit;
import io.latchkey.verify.Verification.Rejected;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.RealmModel;

/**
 * Turns rejected keys into error events. Per minute and node, at most {@value #PER_MINUTE} are written for one key, and as
 * many for all unknown keys of a realm together; the rest goes to the debug log only.
 */
public final class FailedUses {

    static final int PER_MINUTE = 10;
    private static final int REMEMBERED = 10_000;
    private static final Logger LOG = Logger.getLogger(FailedUses.class);

    private final Clock clock;
    private final Cache<String, AtomicInteger> written;

    public FailedUses(Clock clock) {
        this.clock = clock;
        this.written = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(Duration.ofMinutes(1))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    /** @param error Keycloak's word for the caller's error, such as {@code invalid_grant} */
    public void report(RealmModel realm, EventBuilder event, Rejected rejected, String error) {
        String subject = rejected.key().map(key -> key.id().value()).orElse("unknown");
        OwnerAudit.describe(event, rejected.key())
                .detail(Details.REASON, rejected.reason().code());
        if (isWritten(realm.getId(), subject)) {
            event.error(error);
        } else {
            LOG.debugf("Another rejected API key in realm %s: %s, %s", realm.getId(), subject, rejected.reason());
        }
    }

    boolean isWritten(String realmId, String subject) {
        long minute = clock.instant().getEpochSecond() / 60;
        AtomicInteger count = written.get(realmId + "/" + subject + "/" + minute, key -> new AtomicInteger());
        return count.incrementAndGet() <= PER_MINUTE;
    }

    /** How many subjects are being counted. */
    long subjects() {
        written.cleanUp();
        return written.estimatedSize();
    }
}
