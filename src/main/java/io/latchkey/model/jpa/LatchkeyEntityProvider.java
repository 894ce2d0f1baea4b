package io.latchkey.model.jpa;

import io.latchkey.keycloak.SimpleProviderFactory;
import java.util.List;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Registers entities and changelog with Keycloak, which records the changelog in DATABASECHANGELOG_LATCHKEY. */
public class LatchkeyEntityProvider
        implements JpaEntityProvider, JpaEntityProviderFactory, SimpleProviderFactory<JpaEntityProvider> {

    private final String id;
    private final List<Class<?>> entities;

    public LatchkeyEntityProvider() {
        this(
                "latchkey",
                KeyEntity.class,
                OwnerEntity.class,
                LastUseEntity.class,
                HourlyUsageEntity.class,
                SettingEntity.class);
    }

    /** @param id of the provider, and folder of its changelog */
    protected LatchkeyEntityProvider(String id, Class<?>... entities) {
        this.id = id;
        this.entities = List.of(entities);
    }

    @Override
    public List<Class<?>> getEntities() {
        return entities;
    }

    @Override
    public String getChangelogLocation() {
        return "META-INF/" + id + "/changelog.xml";
    }

    @Override
    public String getFactoryId() {
        return id;
    }

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public void close() {}

    @Override
    public String getId() {
        return id;
    }
}
