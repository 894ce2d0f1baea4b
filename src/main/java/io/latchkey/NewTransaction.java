package io.latchkey;

import io.latchkey.http.NotCommittedException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Runs work in a new session and transaction, and returns its result once the database has committed. After the commit
 * Keycloak sends invalidations to every other node, and reports the whole transaction as failed when one of them does not
 * confirm in time (26.7: {@code UserCacheSession} and {@code RealmCacheSession} do so after completion, which
 * {@code DefaultKeycloakTransactionManager} commits only when the database has committed, and then all of it).
 */
final class NewTransaction<T> extends AbstractKeycloakTransaction {

    private static final Logger LOG = Logger.getLogger(NewTransaction.class);

    private final Function<KeycloakSession, TransactionResult<T>> work;
    private TransactionResult<T> result;
    private boolean committed;

    private NewTransaction(Function<KeycloakSession, TransactionResult<T>> work) {
        this.work = work;
    }

    /**
     * Returns the work's result once it is committed, or once the work has rolled back its changes itself.
     *
     * @throws RuntimeException if nothing was changed: what the work or the commit has thrown, or
     *     {@link NotCommittedException} if another provider has rolled back the transaction
     */
    static <T> T run(
            KeycloakSessionFactory factory,
            KeycloakContext context,
            String name,
            Function<KeycloakSession, TransactionResult<T>> work) {
        return run(
                work,
                job -> KeycloakModelUtils.runJobInTransactionWithResult(
                        factory,
                        context,
                        session -> {
                            job.accept(session);
                            return null;
                        },
                        name));
    }

    /** @param transaction gives a session to the job and ends it, which is where Keycloak commits */
    static <T> T run(
            Function<KeycloakSession, TransactionResult<T>> work, Consumer<Consumer<KeycloakSession>> transaction) {
        NewTransaction<T> own = new NewTransaction<>(work);
        try {
            transaction.accept(own::work);
        } catch (RuntimeException failed) {
            own.judge(failed);
        }
        if (own.result.kept() && !own.committed) {
            // Keycloak 26.7 (EventBuilder, AdminEventBuilder) swallows what an event listener throws, and ends a
            // transaction that was marked to be rolled back without a word.
            throw new NotCommittedException();
        }
        return own.result.value();
    }

    private void work(KeycloakSession session) {
        KeycloakTransactionManager transaction = session.getTransactionManager();
        transaction.enlistAfterCompletion(this);
        result = work.apply(session);
        if (!result.kept()) {
            transaction.setRollbackOnly();
        }
    }

    private void judge(RuntimeException failed) {
        if (committed) {
            LOG.warnf(
                    "API keys or their policy were changed, but not every node of the cluster has confirmed that it knows: %s."
                            + " Find the node that hangs or is cut off, and restart it.",
                    failed);
        } else if (result == null || result.kept()) {
            throw failed;
        }
    }

    @Override
    protected void commitImpl() {
        committed = true;
    }

    @Override
    protected void rollbackImpl() {
        // Nothing to undo: only the commit is of interest.
    }
}
