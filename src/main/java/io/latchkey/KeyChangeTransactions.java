package io.latchkey;

import io.latchkey.http.NotCommittedException;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/**
 * Runs changes of keys in new transactions, each with its result known before the response is sent. A transaction has
 * ended, well or badly, when {@link #run} returns: a response that is sent afterwards tells the truth about it, also while
 * another node hangs and cannot be told. A change that another transaction got in the way of is made again; any other
 * failure is thrown at once.
 */
public final class KeyChangeTransactions {

    private final KeycloakSession session;

    KeyChangeTransactions(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Returns the value of the work once its changes last, or once the work has given up on purpose.
     *
     * @param work begins anew in each attempt, with the session it is given
     * @throws NotCommittedException where something else in the transaction has failed
     */
    public <T> T run(Function<KeycloakSession, TransactionResult<T>> work) {
        return new ConflictRetry()
                .run(() -> NewTransaction.run(
                        session.getKeycloakSessionFactory(), session.getContext(), "API key change", work));
    }
}
