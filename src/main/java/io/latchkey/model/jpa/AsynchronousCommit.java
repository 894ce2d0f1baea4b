package io.latchkey.model.jpa;

import jakarta.persistence.EntityManager;
import java.sql.Statement;
import org.hibernate.Session;

/**
 * Lets PostgreSQL commit a transaction without waiting for the disk. A crash of the database may then lose its last
 * moments, as a crash of the node loses uses that are not written yet. Keycloak 26.7 has a marker interface for such
 * entities ({@code AsynchronousCommitAllowed}); older releases could not even read them at {@code kc.sh build}, and so not
 * say why they are refused.
 */
final class AsynchronousCommit {

    private AsynchronousCommit() {}

    /** For a transaction that writes uses and nothing else. */
    static void allow(EntityManager em) {
        em.unwrap(Session.class).doWork(connection -> {
            if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET LOCAL synchronous_commit TO OFF");
                }
            }
        });
    }
}
