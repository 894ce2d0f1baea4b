package io.latchkey.credential;

import io.latchkey.DisabledProvider;
import io.latchkey.keycloak.KeycloakHook;
import io.latchkey.keycloak.SimpleProviderFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;

/** Registers the listener for all realms, whatever listeners they configure. */
public final class CredentialRemovalListenerFactory
        implements EventListenerProviderFactory, KeycloakHook, SimpleProviderFactory<EventListenerProvider> {

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new CredentialRemovalListener(session);
    }

    /** Reports a disabled provider, which cannot do so itself. */
    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                DisabledProvider.report(factory);
            }
        });
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return "latchkey-credential-removals";
    }
}
