package io.latchkey.keycloak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.persistence.OptimisticLockException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.DataUtils;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.JDBCConnectionException;
import org.hibernate.exception.LockTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.ModelException;

class DatabaseFailureTest {

    private static final SQLException NONE = new SQLException();

    @ParameterizedTest
    @CsvSource({
        "40001,     0, CONFLICT", // serialization failure; MariaDB's deadlock
        "40P01,     0, CONFLICT", // PostgreSQL's deadlock
        "55P03,     0, CONFLICT", // PostgreSQL's lock timeout
        "HYT00, 50200, CONFLICT", // H2's lock timeout
        "HY000,  1205, CONFLICT", // MariaDB's lock timeout
        "23505,     0, CONFLICT", // a unique index
        "08006,     0, UNAVAILABLE", // a broken connection
        "53100,     0, UNAVAILABLE", // no room on the disk
        "53300,     0, UNAVAILABLE", // no connection is left
        "57P01,     0, UNAVAILABLE", // PostgreSQL stops
        "57P03,     0, UNAVAILABLE", // PostgreSQL starts
        "25006,     0, UNAVAILABLE", // a standby takes over
        "22001,     0, ", // text that is too long
        "42P01,     0, ", // a table that does not exist
        "HY000,  1366, ", // a character that does not fit
    })
    void sqlStateSaysWhatHasFailed(String sqlState, int errorCode, DatabaseFailure expected) {
        assertEquals(Optional.ofNullable(expected), DatabaseFailure.of(new SQLException("text", sqlState, errorCode)));
    }

    @Test
    void hibernateSaysWhatHasFailed() {
        assertEquals(
                Optional.of(DatabaseFailure.UNAVAILABLE), DatabaseFailure.of(new JDBCConnectionException("", NONE)));
        assertEquals(Optional.of(DatabaseFailure.CONFLICT), DatabaseFailure.of(new LockTimeoutException("", NONE)));
        assertEquals(
                Optional.of(DatabaseFailure.CONFLICT),
                DatabaseFailure.of(new ConstraintViolationException("", NONE, "unique")));
        assertEquals(Optional.of(DatabaseFailure.CONFLICT), DatabaseFailure.of(new OptimisticLockException()));
    }

    @Test
    void acquisitionTimeoutOfThePoolMeansUnavailable() {
        // Agroal's messages for a database that does not accept a connection, and for a pool without a free one.
        for (String message :
                List.of("Acquisition timeout while waiting for new connection", "Sorry, acquisition timeout!")) {
            assertEquals(
                    Optional.of(DatabaseFailure.UNAVAILABLE), DatabaseFailure.of(new SQLException(message)), message);
        }
        assertEquals(
                Optional.of(DatabaseFailure.UNAVAILABLE), DatabaseFailure.of(new SQLTransientConnectionException()));
    }

    @ParameterizedTest
    @CsvSource({"101, CONFLICT", "103, CONFLICT", "105, CONFLICT", "6, "})
    void innermostCauseOfH2IsAConflictWhereALockIsTheReason(int code, DatabaseFailure expected) {
        Exception innermost = DataUtils.newMVStoreException(code, "Transaction 3 gave way. Details: {0}\n", "map");

        assertEquals(
                Optional.ofNullable(expected),
                DatabaseFailure.of(new ModelException("Database operation failed", innermost)));
    }

    @Test
    void networkFailureIsTheDatabasesWhereKeycloakReportsOneOfItsModel() {
        ConnectException refused = new ConnectException("Connection refused");

        assertEquals(
                Optional.of(DatabaseFailure.UNAVAILABLE),
                DatabaseFailure.of(new ModelException("Database operation failed", refused)));
        assertEquals(Optional.empty(), DatabaseFailure.of(new IllegalStateException(refused)));
    }

    @Test
    void causeAndSuppressedAreSearched() {
        ModelException atCommit = new ModelException("commit", new IllegalStateException());
        atCommit.getCause().addSuppressed(new IllegalStateException(new SQLException("deadlock", "40P01")));

        assertEquals(Optional.of(DatabaseFailure.CONFLICT), DatabaseFailure.of(atCommit));
    }

    @Test
    void lostConnectionCountsMoreThanTheConflictItCaused() {
        SQLException conflict = new SQLException("serialization", "40001");
        conflict.setNextException(new SQLException("gone", "08006"));

        assertEquals(Optional.of(DatabaseFailure.UNAVAILABLE), DatabaseFailure.of(conflict));
    }

    @Test
    void circleOfCausesIsWalkedOnce() {
        IllegalStateException one = new IllegalStateException();
        one.addSuppressed(new IllegalStateException(one));

        assertEquals(Optional.empty(), DatabaseFailure.of(one));
    }
}
