package io.latchkey;

import io.latchkey.http.NotCommittedException;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/**
 * Runs changes of keys and of admin settings in new transactions, repeats them after a conflict, and returns once they
 * have ended. A transaction has committed or rolled back when {@link #run} returns, also while another node hangs. A
 * change that conflicts with another transaction is repeated; any other failure is thrown at once.
 */
public final class KeyChangeTransactions {

    private final KeycloakSession session;

    KeyChangeTransactions(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Returns the value of the work once its changes are committed, or once the work has rolled them back itself.
     *
     * @param work starts again in each attempt, with the session of that attempt
     * @throws NotCommittedException if another participant of the transaction has failed
     */
    public <T> T run(Function<KeycloakSession, TransactionResult<T>> work) {
        return new ConflictRetry()
                .run(() -> NewTransaction.run(
                        session.getKeycloakSessionFactory(), session.getContext(), "API key change", work));
    }
}
