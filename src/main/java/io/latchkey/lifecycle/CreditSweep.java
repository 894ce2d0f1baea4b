package io.latchkey.lifecycle;

import io.latchkey.events.CreditEvents;
import io.latchkey.model.CreditStore;
import io.latchkey.model.CreditStore.LeaseSweep;
import io.latchkey.model.EndedCall;
import io.latchkey.model.LedgerEntry;
import io.latchkey.model.PaidUses;
import io.latchkey.model.WriteOff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;

/**
 * Writes off what dead nodes hold, takes back what stopped ones left, and deletes what is over, in small transactions, on one node
 * of the cluster at a time.
 */
public final class CreditSweep implements ScheduledTask {

    private static final Logger LOG = Logger.getLogger(CreditSweep.class);
    private static final int BATCH = 50;
    private static final int ROWS = 1000;
    /** Longer than anybody repeats a request, and than any reservation lives. */
    private static final Duration REMEMBERED = Duration.ofHours(2);
    /** For requests that are on their way. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final Function<KeycloakSession, CreditStore> stores;
    private final Clock clock;
    private final PaidUses uses;
    private final Duration reservation;
    private final Duration retention;

    /**
     * @param uses learns how calls end that stopped nodes left
     * @param reservation how long one lives
     * @param retention how long periods that are over are kept
     */
    public CreditSweep(
            Function<KeycloakSession, CreditStore> stores,
            Clock clock,
            PaidUses uses,
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
        boolean more;
        do {
            more = expire(session, reserved) == ROWS;
        } while (more);
        do {
            more = KeycloakModelUtils.runJobInTransactionWithResult(
                    session.getKeycloakSessionFactory(), inner -> sweep(inner, now, reserved));
        } while (more);
        do {
            more = KeycloakModelUtils.runJobInTransactionWithResult(
                    session.getKeycloakSessionFactory(),
                    inner -> stores.apply(inner).forget(now.minus(REMEMBERED), now.minus(retention), ROWS));
        } while (more);
    }

    /** @return how many */
    private int expire(KeycloakSession session, Instant reserved) {
        List<EndedCall> expired = KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                inner -> stores.apply(inner).expire(reserved, ROWS));
        expired.forEach(call -> call.tell(uses));
        return expired.size();
    }

    private boolean sweep(KeycloakSession session, Instant now, Instant reserved) {
        LeaseSweep sweep = stores.apply(session).sweepLeases(now, reserved, BATCH);
        sweep.writtenOff().forEach(lost -> report(session, lost));
        return sweep.mayGoOn();
    }

    private static void report(KeycloakSession session, WriteOff lost) {
        LOG.warnf(
                "A node was not heard of for %s: %s credits it had borrowed for owner %s at API %s in realm %s are written off."
                        + " Top up the allowance if the owner shall have them back.",
                LedgerEntry.LOST_AFTER,
                lost.credits(),
                lost.account().ownerId(),
                lost.account().apiId(),
                lost.account().realmId());
        RealmModel realm = session.realms().getRealm(lost.account().realmId());
        if (realm != null) {
            CreditEvents.writtenOff(session, realm, lost);
        }
    }
}
