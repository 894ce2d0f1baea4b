package io.latchkey.keys;

import io.latchkey.model.UsageStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;

/** Deletes hourly usage after its retention, in small transactions, on one node of the cluster at a time. */
public final class UsagePurgeTask implements ScheduledTask {

    private static final int BATCH = 1000;

    private final Function<KeycloakSession, UsageStore> stores;
    private final Clock clock;
    private final Duration retention;

    public UsagePurgeTask(Function<KeycloakSession, UsageStore> stores, Clock clock, Duration retention) {
        this.stores = stores;
        this.clock = clock;
        this.retention = retention;
    }

    @Override
    public void run(KeycloakSession session) {
        Instant end = clock.instant().minus(retention);
        boolean more;
        do {
            more = KeycloakModelUtils.runJobInTransactionWithResult(
                    session.getKeycloakSessionFactory(),
                    inner -> stores.apply(inner).removeBefore(end, BATCH));
        } while (more);
    }
}
