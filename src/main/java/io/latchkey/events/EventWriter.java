package io.latchkey.events;

import io.latchkey.keycloak.ThrottledLog;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Saves buffered events and passes them to the listeners of their realm, as {@code EventBuilder.send} does (26.7), with
 * the time of the event instead of the time of writing.
 */
public final class EventWriter {

    private static final ThrottledLog FAILURES = new ThrottledLog(Logger.getLogger(EventWriter.class));

    private final KeycloakSessionFactory sessions;

    public EventWriter(KeycloakSessionFactory sessions) {
        this.sessions = sessions;
    }

    /** Writes events in one transaction. Skips events of a realm that was removed meanwhile. */
    public void write(List<Event> events) {
        KeycloakModelUtils.runJobInTransaction(sessions, session -> events.forEach(event -> write(session, event)));
    }

    private static void write(KeycloakSession session, Event event) {
        // Not the cached realm: the caches may be gone when a node that stops writes its last events.
        RealmModel realm = session.getProvider(RealmProvider.class).getRealm(event.getRealmId());
        if (realm == null) {
            return;
        }
        session.getContext().setRealm(realm);
        EventStoreProvider store = session.getProvider(EventStoreProvider.class);
        Set<String> types = realm.getEnabledEventTypesStream().collect(Collectors.toSet());
        boolean saved = types.isEmpty()
                ? event.getType().isSaveByDefault()
                : types.contains(event.getType().name());
        if (store != null && realm.isEventsEnabled() && saved) {
            store.onEvent(event);
        }
        Set<String> listeners = realm.getEventsListenersStream().collect(Collectors.toSet());
        session.getKeycloakSessionFactory()
                .getProviderFactoriesStream(EventListenerProvider.class)
                .filter(factory -> listeners.contains(factory.getId())
                        || factory instanceof EventListenerProviderFactory listener && listener.isGlobal())
                .forEach(factory -> publish(session, factory.getId(), event));
    }

    private static void publish(KeycloakSession session, String listener, Event event) {
        try {
            session.getProvider(EventListenerProvider.class, listener).onEvent(event);
        } catch (RuntimeException failed) {
            FAILURES.warn("Event listener " + listener + " failed", failed);
        }
    }
}
