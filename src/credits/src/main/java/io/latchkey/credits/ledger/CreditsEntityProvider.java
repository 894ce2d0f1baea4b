package io.latchkey.credits.ledger;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Registers entities and changelog of the ledger with Keycloak, which records the changelog in DATABASECHANGELOG_LATCHKEY_C. */
public final class CreditsEntityProvider implements JpaEntityProvider, JpaEntityProviderFactory {

    private static final String ID = "latchkey-credits";

    @Override
    public List<Class<?>> getEntities() {
        return List.of(AllowanceEntity.class, CreditEntity.class, LeaseEntity.class, SettlementEntity.class);
    }

    @Override
    public String getChangelogLocation() {
        return "META-INF/latchkey-credits/changelog.xml";
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
