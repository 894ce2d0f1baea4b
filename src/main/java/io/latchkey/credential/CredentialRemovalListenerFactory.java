package io.latchkey.credential;

import io.latchkey.keycloak.KeycloakHook;
import io.latchkey.keycloak.SimpleProviderFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Registers the listener for all realms, whatever listeners they configure. */
public final class CredentialRemovalListenerFactory
        implements EventListenerProviderFactory, KeycloakHook, SimpleProviderFactory<EventListenerProvider> {

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new CredentialRemovalListener(session);
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
