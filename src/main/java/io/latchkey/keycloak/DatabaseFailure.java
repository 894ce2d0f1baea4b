package io.latchkey.keycloak;

import jakarta.persistence.EntityExistsException;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.PessimisticLockException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hibernate.StaleStateException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.JDBCConnectionException;
import org.hibernate.exception.LockAcquisitionException;
import org.keycloak.models.ModelException;

/** Classifies failures of the database after which the same request may succeed later. */
public enum DatabaseFailure {

    /** Another transaction was in the way: a lock, a deadlock, a serialization failure or a constraint. */
    CONFLICT,

    /** The database cannot be reached, or lacks memory, disk or connections. */
    UNAVAILABLE;

    private static final List<Class<? extends Throwable>> CONFLICTS = List.of(
            LockTimeoutException.class,
            PessimisticLockException.class,
            OptimisticLockException.class,
            EntityExistsException.class,
            StaleStateException.class,
            org.hibernate.PessimisticLockException.class,
            LockAcquisitionException.class,
            ConstraintViolationException.class);

    /** 40: serialization failure, deadlock. 23: constraint. 55P03: no lock. HYT00: lock timeout of H2. */
    private static final Pattern CONFLICT_STATE = Pattern.compile("(40|23).*|55P03|HYT00");

    /** 08: connection. 53: no memory, disk or connection. 57P: PostgreSQL stops or starts. 58: system. 25006: read only. */
    private static final Pattern UNAVAILABLE_STATE = Pattern.compile("(08|53|57P|58).*|25006");

    /** MariaDB and MySQL have no SQL state for their lock timeout (1205) and their deadlock (1213). */
    private static final Set<Integer> LOCK_ERRORS = Set.of(1205, 1213);

    /**
     * Lock timeout (101) and deadlock (105) of H2, or a deadlock whose other transaction ended first (103, H2 2.4). Keycloak 26.7
     * ({@code JpaExceptionConverter}) keeps the innermost cause only, which has no SQL state and ends with version and code.
     */
    private static final Pattern H2_LOCK = Pattern.compile("\\[[^/\\[]*/10[135]]\\s*$");

    private static final String H2_STORE = "org.h2.mvstore.MVStoreException";

    /** In both messages of Agroal, the connection pool of Keycloak 26.7, whose exceptions have no SQL state. */
    private static final Pattern NO_CONNECTION = Pattern.compile("[Aa]cquisition timeout");

    /** Empty if the failure is not one of the database, or lasts. */
    public static Optional<DatabaseFailure> of(Throwable failure) {
        boolean conflict = false;
        boolean persistence = false;
        boolean network = false;
        List<Throwable> chain = new ArrayList<>(List.of(failure));
        for (int i = 0; i < chain.size(); i++) {
            Throwable one = chain.get(i);
            if (isConflict(one)) {
                conflict = true;
            } else if (isUnavailability(one)) {
                return Optional.of(UNAVAILABLE);
            }
            persistence |= one instanceof ModelException || one instanceof PersistenceException;
            network |= one instanceof IOException;
            Throwable next = one instanceof SQLException sql ? sql.getNextException() : null;
            // Narayana, which ends Keycloak's transactions, attaches the cause as a suppressed exception.
            Stream.concat(Stream.of(one.getSuppressed()), Stream.of(one.getCause(), next))
                    .filter(linked -> linked != null && !chain.contains(linked))
                    .forEach(chain::add);
        }
        // Keycloak 26.7 (JpaExceptionConverter) keeps the innermost cause only, which is that of the network.
        if (persistence && network) {
            return Optional.of(UNAVAILABLE);
        }
        return conflict ? Optional.of(CONFLICT) : Optional.empty();
    }

    private static boolean isConflict(Throwable one) {
        if (one instanceof SQLException sql) {
            return CONFLICT_STATE.matcher(state(sql)).matches()
                    || LOCK_ERRORS.contains(sql.getErrorCode()) && state(sql).matches("(HY.*)?");
        }
        return CONFLICTS.stream().anyMatch(type -> type.isInstance(one))
                || one.getClass().getName().equals(H2_STORE)
                        && H2_LOCK.matcher(String.valueOf(one.getMessage())).find();
    }

    private static boolean isUnavailability(Throwable one) {
        return one instanceof JDBCConnectionException
                || one instanceof SQLNonTransientConnectionException
                || one instanceof SQLRecoverableException
                || one instanceof SQLTransientException
                || one instanceof SQLException sql
                        && (UNAVAILABLE_STATE.matcher(state(sql)).matches()
                                || state(sql).isEmpty()
                                        && NO_CONNECTION
                                                .matcher(String.valueOf(sql.getMessage()))
                                                .find());
    }

    private static String state(SQLException sql) {
        return sql.getSQLState() == null ? "" : sql.getSQLState();
    }
}
