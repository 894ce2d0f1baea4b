package io.latchkey.credits.ledger;

import io.latchkey.keycloak.SimpleProviderFactory;
import java.util.List;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Registers entities and changelog of the ledger with Keycloak, which records the changelog in DATABASECHANGELOG_LATCHKEY_C. */
public final class CreditsEntityProvider
        implements JpaEntityProvider, JpaEntityProviderFactory, SimpleProviderFactory<JpaEntityProvider> {

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
    public void close() {}

    @Override
    public String getId() {
        return ID;
    }
}
