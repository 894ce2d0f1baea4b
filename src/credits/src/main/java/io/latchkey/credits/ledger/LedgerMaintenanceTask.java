package io.latchkey.credits.ledger;

import io.latchkey.charging.SettlementListener;
import io.latchkey.credits.ledger.CreditStore.WriteOffBatch;
import io.latchkey.keys.UninterruptedPeriod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;

/**
 * Writes off credits leased by dead nodes, reclaims those of stopped nodes, and deletes ended periods, in small transactions
 * on one node of the cluster at a time.
 */
public final class LedgerMaintenanceTask implements ScheduledTask {

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

    private final Function<KeycloakSession, CreditStore> stores;
    /** After a database outage no node has reported; live nodes report within moments. */
    private final UninterruptedPeriod period = new UninterruptedPeriod(LedgerRowBalance.LOST_AFTER, MAX_GAP);

    private final Clock clock;
    private final SettlementListener listener;
    private final Duration reservation;
    private final Duration retention;

    /**
     * @param uses counts expired calls of stopped nodes
     * @param reservation lifespan of a reservation
     * @param retention how long ended periods are kept
     */
    public LedgerMaintenanceTask(
            Function<KeycloakSession, CreditStore> stores,
            Clock clock,
            SettlementListener listener,
            Duration reservation,
            Duration retention) {
        this.stores = stores;
        this.clock = clock;
        this.listener = listener;
        this.reservation = reservation;
        this.retention = retention;
    }

    @Override
    public void run(KeycloakSession session) {
        Instant now = clock.instant();
        Instant reserved = now.minus(reservation).minus(MARGIN);
        boolean periodCounts = period.lasts(now, () -> expire(session, reserved));
        repeat(session, inner -> stores.apply(inner).reclaim(reserved, BATCH));
        if (periodCounts) {
            repeat(session, inner -> writeOff(inner, now));
        }
        repeat(
                session,
                inner -> stores.apply(inner).purge(now.minus(SETTLEMENT_RETENTION), now.minus(retention), ROWS));
    }

    private void expire(KeycloakSession session, Instant reserved) {
        List<SettledCall> expired;
        do {
            expired = KeycloakModelUtils.runJobInTransactionWithResult(
                    session.getKeycloakSessionFactory(),
                    inner -> stores.apply(inner).expire(reserved, ROWS));
            expired.forEach(call -> call.publish(listener));
        } while (expired.size() == ROWS);
    }

    private boolean writeOff(KeycloakSession session, Instant now) {
        WriteOffBatch batch = stores.apply(session).writeOff(now, BATCH);
        batch.writtenOff().forEach(lost -> lost.report(session));
        return batch.hasMore();
    }

    /** @param work returns whether there may be more to do */
    private static void repeat(KeycloakSession session, Predicate<KeycloakSession> work) {
        boolean hasMore;
        do {
            hasMore = KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), work::test);
        } while (hasMore);
    }
}
