package io.latchkey.lifecycle;

import io.latchkey.model.CreditStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;

/**
 * Writes off what dead nodes hold, takes back what stopped ones left, and deletes what is over, in small transactions, on one node
 * of the cluster at a time.
 */
public final class CreditSweep implements ScheduledTask {

    private static final int BATCH = 50;
    private static final int ROWS = 1000;
    /** Longer than anybody repeats a request, and than any reservation lives. */
    private static final Duration REMEMBERED = Duration.ofDays(1);
    /** For requests that are on their way. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final Function<KeycloakSession, CreditStore> stores;
    private final Clock clock;
    private final Duration reservation;
    private final Duration retention;

    /**
     * @param reservation how long one lives
     * @param retention how long periods that are over are kept
     */
    public CreditSweep(
            Function<KeycloakSession, CreditStore> stores, Clock clock, Duration reservation, Duration retention) {
        this.stores = stores;
        this.clock = clock;
        this.reservation = reservation;
        this.retention = retention;
    }

    @Override
    public void run(KeycloakSession session) {
        Instant now = clock.instant();
        Instant reserved = now.minus(reservation).minus(MARGIN);
        boolean more;
        do {
            more = KeycloakModelUtils.runJobInTransactionWithResult(
                    session.getKeycloakSessionFactory(),
                    inner -> stores.apply(inner).sweepLeases(now, reserved, BATCH));
        } while (more);
        KeycloakModelUtils.runJobInTransaction(
                session.getKeycloakSessionFactory(),
                inner -> stores.apply(inner).forget(now.minus(REMEMBERED), now.minus(retention), ROWS));
    }
}
