package io.latchkey.model.jpa;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/**
 * Tells which text Keycloak's columns can store. On MySQL and MariaDB the character set of a column decides. There,
 * Keycloak 26.7 leaves {@code CREDENTIAL.USER_LABEL} and {@code ADMIN_EVENT_ENTITY.REPRESENTATION} to the database's
 * default and makes {@code EVENT_ENTITY.DETAILS_JSON_LONG_VALUE} a national column, which has three bytes for a character.
 */
final class ColumnCharset {

    /** Those that hold names of keys. */
    private static final String COLUMNS =
            "select TABLE_NAME, COLUMN_NAME, CHARACTER_SET_NAME from information_schema.COLUMNS"
                    + " where TABLE_SCHEMA = database() and (TABLE_NAME = 'CREDENTIAL' and COLUMN_NAME = 'USER_LABEL'"
                    + " or TABLE_NAME = 'EVENT_ENTITY' and COLUMN_NAME = 'DETAILS_JSON_LONG_VALUE'"
                    + " or TABLE_NAME = 'ADMIN_EVENT_ENTITY' and COLUMN_NAME = 'REPRESENTATION') order by TABLE_NAME";

    private static final List<String> WIDE = List.of("utf8mb4", "utf16", "utf16le", "utf32", "gb18030");

    private ColumnCharset() {}

    /** Says which column it is and why, as the end of a sentence. */
    static Optional<String> columnTooNarrowFor(EntityManager em, String text) {
        boolean beyond = text.codePoints().anyMatch(Character::isSupplementaryCodePoint);
        return beyond ? em.unwrap(Session.class).doReturningWork(ColumnCharset::narrowColumn) : Optional.empty();
    }

    static Optional<String> narrowColumn(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        if (!product.contains("MySQL") && !product.contains("MariaDB")) {
            return Optional.empty();
        }
        try (PreparedStatement select = connection.prepareStatement(COLUMNS);
                ResultSet columns = select.executeQuery()) {
            while (columns.next()) {
                String characters = columns.getString(3);
                if (characters != null && !WIDE.contains(characters)) {
                    return Optional.of(
                            columns.getString(1) + "." + columns.getString(2) + " has the character set " + characters);
                }
            }
            return Optional.empty();
        }
    }
}
