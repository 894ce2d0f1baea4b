package io.latchkey.keycloak;

import io.latchkey.key.KeyRedaction;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.event.spi.PreInsertEventListener;
import org.keycloak.events.jpa.AdminEventEntity;
import org.keycloak.events.jpa.EventEntity;

/**
 * Removes keys from event rows before they are inserted. Keycloak stores an event before it calls any listener (26.7:
 * {@code EventBuilder.sendNow} and {@code AdminEventBuilder.send}), and an event store of our own would replace that of
 * another jar.
 */
public final class StoredEventRedaction implements PreInsertEventListener {

    private StoredEventRedaction() {}

    /** Watches the tables of that database from now on. */
    public static void register(EntityManagerFactory database) {
        database.unwrap(SessionFactoryImplementor.class)
                .getServiceRegistry()
                .requireService(EventListenerRegistry.class)
                .appendListeners(EventType.PRE_INSERT, new StoredEventRedaction());
    }

    @Override
    public boolean onPreInsert(PreInsertEvent event) {
        Object row = event.getEntity();
        if (row instanceof EventEntity || row instanceof AdminEventEntity) {
            Object[] state = event.getState();
            for (int i = 0; i < state.length; i++) {
                if (state[i] instanceof String text && KeyRedaction.isIn(text)) {
                    state[i] = KeyRedaction.redact(text);
                    // Otherwise Hibernate takes the entity for changed, and writes the key with the next flush.
                    event.getPersister().setValue(row, i, state[i]);
                }
            }
        }
        return false;
    }
}
