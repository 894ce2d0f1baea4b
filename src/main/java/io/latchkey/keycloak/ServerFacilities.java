package io.latchkey.keycloak;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.eclipse.microprofile.config.ConfigProvider;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.scheduled.ClusterAwareScheduledTaskRunner;
import org.keycloak.timer.ScheduledTask;
import org.keycloak.timer.TimerProvider;

/** Gives access to what the server has outside of a session: configuration, time and scheduler. */
public final class ServerFacilities {

    private static final InstantSource TIME = () -> Instant.ofEpochMilli(Time.currentTimeMillis());

    private ServerFacilities() {}

    /** Names of all configuration properties, whatever their source (26.7: MicroProfile Config, prefix {@code kc.}). */
    public static Iterable<String> propertyNames() {
        return ConfigProvider.getConfig().getPropertyNames();
    }

    /** Keycloak's time in UTC. Tests of a whole server can move it. */
    public static Clock clock() {
        return TIME.withZone(ZoneOffset.UTC);
    }

    /**
     * Schedules a task that runs on one node of the cluster at a time (26.7: {@code ClusterAwareScheduledTaskRunner}).
     *
     * @param task of a named class: nodes recognise a task by the simple name of its class
     */
    public static void schedule(KeycloakSession session, ScheduledTask task, Duration interval, String name) {
        long millis = interval.toMillis();
        Runnable onOneNode = new ClusterAwareScheduledTaskRunner(session.getKeycloakSessionFactory(), task, millis);
        session.getProvider(TimerProvider.class).schedule(onOneNode, millis, name);
    }
}
