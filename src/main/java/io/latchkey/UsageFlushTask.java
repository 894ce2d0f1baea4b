package io.latchkey;

import io.latchkey.events.EventWriter;
import io.latchkey.events.RefusalEventBuffer;
import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.model.jpa.JpaApiKeyStore;
import io.latchkey.model.jpa.JpaUseWriter;
import io.latchkey.usage.RehashBuffer;
import io.latchkey.usage.UsageBuffer;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Writes this node's buffered uses, rehashes and refusal events of keys to the database, periodically and when the node
 * stops.
 */
final class UsageFlushTask {

    private static final Logger LOG = Logger.getLogger(UsageFlushTask.class);

    /** Of a stopping node, because another transaction may hold the rows at the first attempt. */
    private static final int LAST_ATTEMPTS = 3;

    private final KeycloakSessionFactory sessions;
    private final UsageBuffer uses;
    private final RehashBuffer rehashBuffer;
    private final RefusalEventBuffer refusals;
    private final ThrottledLog failures = new ThrottledLog(LOG);

    UsageFlushTask(
            KeycloakSessionFactory sessions, UsageBuffer uses, RehashBuffer rehashBuffer, RefusalEventBuffer refusals) {
        this.sessions = sessions;
        this.uses = uses;
        this.rehashBuffer = rehashBuffer;
        this.refusals = refusals;
    }

    /** Leaves rows that other transactions hold for the next time. A failed write is kept, and reported once. */
    void run() {
        flush(false);
    }

    /** Waits for rows that other transactions hold, because there is no next time. */
    void runBeforeStop() {
        for (int attempt = 0; attempt < LAST_ATTEMPTS && !isEmpty(); attempt++) {
            runRefusals();
            flush(true);
        }
        if (!refusals.isEmpty()) {
            LOG.error("This node stops before the database has taken the last events of refused API keys");
        }
        if (!uses.isEmpty()) {
            LOG.error("This node stops before the database has taken the last uses of API keys: they are not counted");
        }
    }

    private boolean isEmpty() {
        return uses.isEmpty() && rehashBuffer.isEmpty() && refusals.isEmpty();
    }

    private void flush(boolean patient) {
        JpaUseWriter writer = new JpaUseWriter(sessions, patient);
        try {
            uses.flush(writer::write);
            rehashBuffer.flush(work -> KeycloakModelUtils.runJobInTransaction(
                    sessions, session -> work.accept(new JpaApiKeyStore(session))));
            writer.failure().ifPresent(this::report);
        } catch (RuntimeException | Error failed) {
            // Even after an error: it would end Keycloak's timer, which has one thread for everything (26.7).
            report(failed);
        }
    }

    /** Writes the events of refused keys. A failed write is kept, and reported once. */
    void runRefusals() {
        try {
            refusals.flush(new EventWriter(sessions)::write);
        } catch (RuntimeException | Error failed) {
            failures.warn(
                    "Events of refused API keys could not be written; they are kept for the next attempt", failed);
        }
    }

    private void report(Throwable failed) {
        failures.warn("Uses of API keys could not be written; they are kept for the next attempt", failed);
    }
}
