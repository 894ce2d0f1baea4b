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
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hibernate.StaleStateException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.JDBCConnectionException;
import org.hibernate.exception.LockAcquisitionException;
import org.keycloak.models.ModelException;

/** Classifies failures of the database after which the same request may succeed later. */
public enum DatabaseFailure {

    /** Another transaction was in the way: a lock, a deadlock, a serialization failure or a constraint. */
    CONFLICT,

    /** The database cannot be reached, or has no room for the request. */
    UNAVAILABLE;

    private static final String READ_ONLY = "25006";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String H2_LOCK_TIMEOUT = "HYT00";
    /** MariaDB and MySQL give their lock timeout (1205) and their deadlock (1213) no SQL state of its own. */
    private static final Set<Integer> LOCK_ERRORS = Set.of(1205, 1213);
    /**
     * Of H2: a lock timeout (101), a deadlock (105), or one that ended the other transaction while H2 2.4 looked for it (103). Keycloak
     * 26.7 ({@code JpaExceptionConverter}) keeps the innermost cause alone, which has no SQL state and ends with version and code.
     */
    private static final String H2_STORE = "org.h2.mvstore.MVStoreException";

    private static final Pattern H2_LOCK = Pattern.compile("\\[[^/\\[]*/10[135]]\\s*$");

    /** Of Agroal, which Keycloak 26.7 takes connections from: an exception without an SQL state. */
    private static final String NO_CONNECTION = "Acquisition timeout";

    /** Empty where the failure is not the database's, or lasts. */
    public static Optional<DatabaseFailure> of(Throwable failure) {
        Optional<DatabaseFailure> found = Optional.empty();
        boolean persistence = false;
        boolean network = false;
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> left = new ArrayDeque<>();
        left.add(failure);
        while (!left.isEmpty()) {
            Throwable one = left.poll();
            if (!seen.add(one)) {
                continue;
            }
            Optional<DatabaseFailure> kind = kind(one);
            if (kind.filter(UNAVAILABLE::equals).isPresent()) {
                return kind;
            }
            found = found.or(() -> kind);
            persistence |= one instanceof ModelException || one instanceof PersistenceException;
            network |= one instanceof IOException;
            Optional.ofNullable(one.getCause()).ifPresent(left::add);
            // Narayana, which ends Keycloak's transactions, attaches what went wrong to the exception it throws.
            left.addAll(List.of(one.getSuppressed()));
            if (one instanceof SQLException sql && sql.getNextException() != null) {
                left.add(sql.getNextException());
            }
        }
        // Keycloak 26.7 (JpaExceptionConverter) keeps the innermost cause alone, which is that of the network.
        return persistence && network ? Optional.of(UNAVAILABLE) : found;
    }

    private static Optional<DatabaseFailure> kind(Throwable one) {
        if (one instanceof SQLException sql) {
            return kind(sql);
        }
        if (one instanceof JDBCConnectionException) {
            return Optional.of(UNAVAILABLE);
        }
        boolean conflict = isLockOfH2(one)
                || one instanceof LockTimeoutException
                || one instanceof PessimisticLockException
                || one instanceof OptimisticLockException
                || one instanceof EntityExistsException
                || one instanceof StaleStateException
                || one instanceof org.hibernate.PessimisticLockException
                || one instanceof LockAcquisitionException
                || one instanceof ConstraintViolationException;
        return conflict ? Optional.of(CONFLICT) : Optional.empty();
    }

    private static boolean isLockOfH2(Throwable one) {
        return one.getClass().getName().equals(H2_STORE)
                && H2_LOCK.matcher(String.valueOf(one.getMessage())).find();
    }

    private static Optional<DatabaseFailure> kind(SQLException sql) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        if (state.startsWith("40")
                || state.startsWith("23")
                || state.equals(LOCK_NOT_AVAILABLE)
                || state.equals(H2_LOCK_TIMEOUT)
                || LOCK_ERRORS.contains(sql.getErrorCode()) && (state.isEmpty() || state.startsWith("HY"))) {
            return Optional.of(CONFLICT);
        }
        // 53: no memory, disk or connection is left. 57: PostgreSQL stops, starts or recovers.
        boolean unavailable = state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P")
                || state.startsWith("58")
                || state.equals(READ_ONLY)
                || sql instanceof SQLTransientConnectionException
                || sql instanceof SQLNonTransientConnectionException
                || sql instanceof SQLRecoverableException
                || sql instanceof SQLTransientException
                || state.isEmpty() && String.valueOf(sql.getMessage()).contains(NO_CONNECTION);
        return unavailable ? Optional.of(UNAVAILABLE) : Optional.empty();
    }
}
