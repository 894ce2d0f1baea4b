package io.latchkey.model.jpa;

import io.latchkey.keycloak.SimpleProviderFactory;
import java.util.List;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Registers entities and changelog with Keycloak, which records the changelog in DATABASECHANGELOG_LATCHKEY. */
public final class LatchkeyEntityProvider
        implements JpaEntityProvider, JpaEntityProviderFactory, SimpleProviderFactory<JpaEntityProvider> {

    private static final String ID = "latchkey";

    @Override
    public List<Class<?>> getEntities() {
        return List.of(
                KeyEntity.class, OwnerEntity.class, LastUseEntity.class, HourlyUsageEntity.class, SettingEntity.class);
    }

    @Override
    public String getChangelogLocation() {
        return "META-INF/latchkey/changelog.xml";
    }

    @Override
    public String getFactoryId() {
        return ID;
    }

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public void close() {}

    @Override
    public String getId() {
        return ID;
    }
}
