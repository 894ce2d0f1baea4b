package io.latchkey.it.failing;

import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;

/**
 * Fails at each change of a credential and of an administrator, and marks the transaction to be rolled back as Hibernate does when
 * a statement fails.
 */
final class FailingListener implements EventListenerProvider {

    private final KeycloakSession session;

    FailingListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        if (event.getType() == EventType.UPDATE_CREDENTIAL || event.getType() == EventType.REMOVE_CREDENTIAL) {
            fail();
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        fail();
    }

    private void fail() {
        session.getTransactionManager().setRollbackOnly();
        throw new IllegalStateException("The listener of another extension fails");
    }

    @Override
    public void close() {}
}
