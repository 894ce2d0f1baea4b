package io.latchkey.keys;

import io.latchkey.model.CreditStore;
import io.latchkey.model.CreditStore.LeaseSweep;
import io.latchkey.model.LedgerEntry;
import io.latchkey.model.SettledCall;
import io.latchkey.model.SettlementListener;
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
 * Writes off the leases of dead nodes, takes over the reservations of stopped ones, and deletes old ledger rows, in small
 * transactions, on one node of the cluster at a time.
 */
public final class CreditPurgeTask implements ScheduledTask {

    /** How often a node sweeps, unless another one is just doing it. */
    public static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final int BATCH = 50;
    private static final int ROWS = 1000;
    /** Longer than anybody repeats a request, and than any reservation lives. */
    private static final Duration REMEMBERED = Duration.ofHours(2);
    /** For requests that are on their way. */
    private static final Duration MARGIN = Duration.ofMinutes(1);
    /** Where nodes have started at the same moment two turns in a row may be others', and timers are late. */
    private static final Duration TURNS = INTERVAL.multipliedBy(3).plusSeconds(10);

    private final Function<KeycloakSession, CreditStore> stores;
    /** After a time without database nobody has been heard of, and those who live report within moments. */
    private final UninterruptedPeriod watch = new UninterruptedPeriod(LedgerEntry.LOST_AFTER, TURNS);

    private final Clock clock;
    private final SettlementListener uses;
    private final Duration reservation;
    private final Duration retention;

    /**
     * @param uses learns how calls end that stopped nodes left
     * @param reservation how long one lives
     * @param retention how long periods that are over are kept
     */
    public CreditPurgeTask(
            Function<KeycloakSession, CreditStore> stores,
            Clock clock,
            SettlementListener uses,
            Duration reservation,
            Duration retention) {
        this.stores = stores;
        this.clock = clock;
        this.uses = uses;
        this.reservation = reservation;
        this.retention = retention;
    }

    @Override
    public void run(KeycloakSession session) {
        Instant now = clock.instant();
        Instant reserved = now.minus(reservation).minus(MARGIN);
        boolean silenceCounts = watch.lasts(now, () -> expire(session, reserved));
        repeat(session, inner -> stores.apply(inner).reclaim(reserved, BATCH));
        if (silenceCounts) {
            repeat(session, inner -> writeOff(inner, now));
        }
        repeat(session, inner -> stores.apply(inner).forget(now.minus(REMEMBERED), now.minus(retention), ROWS));
    }

    private void expire(KeycloakSession session, Instant reserved) {
        List<SettledCall> expired;
        do {
            expired = KeycloakModelUtils.runJobInTransactionWithResult(
                    session.getKeycloakSessionFactory(),
                    inner -> stores.apply(inner).expire(reserved, ROWS));
            expired.forEach(call -> call.tell(uses));
        } while (expired.size() == ROWS);
    }

    private boolean writeOff(KeycloakSession session, Instant now) {
        LeaseSweep sweep = stores.apply(session).writeOff(now, BATCH);
        sweep.writtenOff().forEach(lost -> WriteOffReporter.lost(session, lost));
        return sweep.mayGoOn();
    }

    /** @param work says whether there may be more of it */
    private static void repeat(KeycloakSession session, Predicate<KeycloakSession> work) {
        boolean more;
        do {
            more = KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), work::test);
        } while (more);
    }
}
