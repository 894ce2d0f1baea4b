package io.latchkey.it.failing;

import io.latchkey.it.ProviderJar;
import java.nio.file.Path;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Registers a {@link FailingListener} for the realms that name it. */
public final class FailingListenerFactory implements EventListenerProviderFactory {

    public static final String ID = "failing";

    /** Packs it as a provider jar. */
    public static Path pack(Path jar) {
        return ProviderJar.pack(
                jar,
                EventListenerProviderFactory.class,
                List.of(FailingListenerFactory.class),
                List.of(FailingListener.class));
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new FailingListener(session);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return ID;
    }
}
