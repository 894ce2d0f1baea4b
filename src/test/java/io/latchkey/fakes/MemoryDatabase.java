package io.latchkey.fakes;

import io.latchkey.model.jpa.LatchkeyEntityProvider;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import liquibase.Liquibase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.hibernate.cfg.Configuration;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmProvider;

/** Our tables in an H2 in memory, and sessions of Keycloak that have nothing but a transaction there. */
public final class MemoryDatabase implements AutoCloseable {

    private final Connection keeper;
    private final EntityManagerFactory entities;

    private MemoryDatabase(Connection keeper, EntityManagerFactory entities) {
        this.keeper = keeper;
        this.entities = entities;
    }

    /** @param more tables in addition to those of the provider */
    public static MemoryDatabase open(JpaEntityProvider... more) {
        List<JpaEntityProvider> providers = new ArrayList<>(List.of(more));
        providers.add(0, new LatchkeyEntityProvider());
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";NON_KEYWORDS=VALUE";
        try {
            Connection keeper = DriverManager.getConnection(url);
            Configuration hibernate = new Configuration();
            for (JpaEntityProvider provider : providers) {
                String changelog = provider.getChangelogLocation();
                new Liquibase(changelog, new ClassLoaderResourceAccessor(), new JdbcConnection(keeper)).update("");
                provider.getEntities().forEach(hibernate::addAnnotatedClass);
            }
            hibernate.setProperty("hibernate.connection.url", url);
            hibernate.setProperty("hibernate.connection.pool_size", "20");
            return new MemoryDatabase(keeper, hibernate.buildSessionFactory());
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    public KeycloakSessionFactory sessions() {
        return Stub.of(KeycloakSessionFactory.class)
                .answering("create", nothing -> session())
                .make();
    }

    /** Its transaction ends when it is closed. */
    public KeycloakSession session() {
        EntityManager em = entities.createEntityManager();
        Map<String, Object> attributes = new HashMap<>();
        boolean[] failed = {false};
        return Stub.of(KeycloakSession.class)
                .with(
                        "getProvider",
                        Stub.of(JpaConnectionProvider.class)
                                .with("getEntityManager", em)
                                .make())
                .with("getTransactionManager", transactions(em, failed))
                .answering("getAttribute", sent -> attributes.get(sent[0]))
                .answering("setAttribute", sent -> attributes.put((String) sent[0], sent[1]))
                .with("getContext", null)
                .with(
                        "realms",
                        Stub.of(RealmProvider.class).with("getRealm", null).make())
                .answering("close", nothing -> end(em, failed[0]))
                .make();
    }

    private static KeycloakTransactionManager transactions(EntityManager em, boolean[] failed) {
        return Stub.of(KeycloakTransactionManager.class)
                .answering("begin", nothing -> {
                    em.getTransaction().begin();
                    return null;
                })
                .answering("setRollbackOnly", nothing -> failed[0] = true)
                .make();
    }

    private static Object end(EntityManager em, boolean failed) {
        try (em) {
            if (failed) {
                em.getTransaction().rollback();
            } else {
                em.getTransaction().commit();
            }
            return null;
        }
    }

    @Override
    public void close() {
        entities.close();
        try {
            keeper.close();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
