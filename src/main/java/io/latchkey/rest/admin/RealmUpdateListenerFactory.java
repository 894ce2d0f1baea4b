package io.latchkey.rest.admin;

import io.latchkey.keycloak.SimpleProviderFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Registers, for all realms, the listener that reports policy attributes which a realm update removed. */
public final class RealmUpdateListenerFactory
        implements EventListenerProviderFactory, SimpleProviderFactory<EventListenerProvider> {

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new RemovedPolicyAttributeReporter(session);
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return "latchkey-realm-updates";
    }
}
