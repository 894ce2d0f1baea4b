package io.latchkey.keycloak;

import java.time.Duration;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.scheduled.ClusterAwareScheduledTaskRunner;
import org.keycloak.timer.ScheduledTask;
import org.keycloak.timer.TimerProvider;

/**
 * Schedules a task that runs periodically on one node of the cluster at a time (26.7: {@code
 * ClusterAwareScheduledTaskRunner}).
 */
public final class ClusterScheduledTask {

    private ClusterScheduledTask() {}

    /** @param task of a named class: its simple name is what the nodes of the cluster agree upon */
    public static void schedule(KeycloakSession session, ScheduledTask task, Duration interval, String name) {
        long millis = interval.toMillis();
        session.getProvider(TimerProvider.class)
                .schedule(
                        new ClusterAwareScheduledTaskRunner(session.getKeycloakSessionFactory(), task, millis),
                        millis,
                        name);
    }
}
