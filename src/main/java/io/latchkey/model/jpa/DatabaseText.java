package io.latchkey.model.jpa;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.Session;

/** What text the tables of Keycloak can hold: on MySQL and MariaDB nothing beyond U+FFFF (26.7, MariaDB 10.11 tried). */
final class DatabaseText {

    private DatabaseText() {}

    static boolean holds(EntityManager em, String text) {
        boolean beyond = text.codePoints().anyMatch(Character::isSupplementaryCodePoint);
        return !beyond || !em.unwrap(Session.class).doReturningWork(DatabaseText::isMySql);
    }

    private static boolean isMySql(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return product.contains("MySQL") || product.contains("MariaDB");
    }
}
