package io.latchkey.credits.ledger;

import io.latchkey.charging.SettlementListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;

/**
 * Writes off what crashed nodes had leased, takes back what cleanly stopped nodes left, and deletes old rows. One node of the
 * cluster at a time runs it, every 30 s, in small transactions.
 */
public final class LedgerCleanupTask implements ScheduledTask {

    /** How often a node runs the task, unless another node is running it. */
    public static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final int BATCH = 50;
    private static final int ROWS = 1000;
    /** Longer than clients repeat a request, and than a reservation lives. */
    private static final Duration SETTLEMENT_RETENTION = Duration.ofHours(2);
    /** For requests in transit. */
    private static final Duration MARGIN = Duration.ofMinutes(1);
    /** Other nodes may run the task twice in a row, and timers may be late. */
    private static final Duration MAX_GAP = INTERVAL.multipliedBy(3).plusSeconds(10);

    private final Clock clock;
    private final SettlementListener listener;
    private final Duration reservation;
    private final Duration retention;
    private Instant readableSince = Instant.EPOCH;
    private Instant lastRead = Instant.EPOCH;

    /**
     * @param listener counts expired calls of stopped nodes
     * @param reservation lifespan of a reservation
     * @param retention how long ended periods are kept
     */
    public LedgerCleanupTask(Clock clock, SettlementListener listener, Duration reservation, Duration retention) {
        this.clock = clock;
        this.listener = listener;
        this.reservation = reservation;
        this.retention = retention;
    }

    @Override
    public void run(KeycloakSession session) {
        Instant now = clock.instant();
        Instant reserved = now.minus(reservation).minus(MARGIN);
        boolean deadNodesKnown = expire(session, reserved, now);
        repeat(session, inner -> new LedgerCleanup(inner).reclaim(reserved, BATCH));
        if (deadNodesKnown) {
            repeat(session, inner -> new LedgerCleanup(inner).writeOff(now, BATCH, lost -> lost.report(inner)));
        }
        repeat(
                session,
                inner -> new LedgerCleanup(inner).purge(now.minus(SETTLEMENT_RETENTION), now.minus(retention), ROWS));
    }

    /**
     * Expires reservations of stopped nodes.
     *
     * @return whether the ledger could be read for so long without a break that nodes which have not reported are dead. After
     *     a database outage no node has reported; live nodes report within moments.
     */
    private synchronized boolean expire(KeycloakSession session, Instant reserved, Instant now) {
        boolean interrupted = lastRead.plus(MAX_GAP).isBefore(now);
        // In case this attempt fails.
        lastRead = Instant.EPOCH;
        List<SettledCall> expired;
        do {
            expired = KeycloakModelUtils.runJobInTransactionWithResult(
                    session.getKeycloakSessionFactory(), inner -> new LedgerCleanup(inner).expire(reserved, ROWS));
            expired.forEach(call -> call.publish(listener));
        } while (expired.size() == ROWS);
        lastRead = now;
        readableSince = interrupted ? now : readableSince;
        return !readableSince.plus(LedgerRowBalance.LOST_AFTER).isAfter(now);
    }

    /** @param work returns whether there may be more to do */
    private static void repeat(KeycloakSession session, Predicate<KeycloakSession> work) {
        boolean hasMore;
        do {
            hasMore = KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), work::test);
        } while (hasMore);
    }
}
