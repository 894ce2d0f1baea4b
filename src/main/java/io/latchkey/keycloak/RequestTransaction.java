package io.latchkey.keycloak;

import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import org.keycloak.models.KeycloakSession;
import org.keycloak.transaction.JtaTransactionManagerLookup;

/** Tells whether the database transaction of a request has failed. */
public final class RequestTransaction {

    private RequestTransaction() {}

    /**
     * Whether the database has failed in it, also where Keycloak has swallowed the failure: Hibernate has a transaction rolled back
     * then. What was read or refused afterwards is not to be believed.
     */
    public static boolean hasFailed(KeycloakSession session) {
        JtaTransactionManagerLookup lookup = session.getProvider(JtaTransactionManagerLookup.class);
        TransactionManager transactions = lookup == null ? null : lookup.getTransactionManager();
        try {
            return transactions != null && transactions.getStatus() == Status.STATUS_MARKED_ROLLBACK;
        } catch (SystemException unknown) {
            throw new CheckFailedException("The state of a transaction cannot be read", unknown);
        }
    }
}
