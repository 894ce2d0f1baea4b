package io.latchkey.keys;

import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;

/**
 * Runs purges one after the other, each in small transactions. A purge that fails does not stop the next one. The name of
 * the class is the lock by which one node of the cluster at a time runs it.
 */
public class PurgeRunner implements ScheduledTask {

    /** Deletes data batch by batch. */
    @FunctionalInterface
    public interface Purge<C> {

        /**
         * Handles one batch.
         *
         * @param position where the batch begins; empty for the first one
         * @return where the next batch begins; empty after the last one
         */
        Optional<C> batch(KeycloakSession session, Optional<C> position);
    }

    private final List<Purge<?>> purges;

    public PurgeRunner(Purge<?>... purges) {
        this.purges = List.of(purges);
    }

    @Override
    public void run(KeycloakSession session) {
        RuntimeException failure = null;
        for (Purge<?> purge : purges) {
            try {
                run(purge, session.getKeycloakSessionFactory());
            } catch (RuntimeException failed) {
                if (failure != null) {
                    failed.addSuppressed(failure);
                }
                failure = failed;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static <C> void run(Purge<C> purge, KeycloakSessionFactory sessions) {
        Optional<C> position = Optional.empty();
        do {
            Optional<C> from = position;
            position = KeycloakModelUtils.runJobInTransactionWithResult(sessions, inner -> purge.batch(inner, from));
        } while (position.isPresent());
    }
}
