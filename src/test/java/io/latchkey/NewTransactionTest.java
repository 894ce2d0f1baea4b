package io.latchkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.latchkey.http.NotCommittedException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.services.DefaultKeycloakTransactionManager;
import org.keycloak.tracing.NoopTracingProvider;

/** With Keycloak's own transaction manager, and with what takes part in its transactions as it fails on a bad day. */
class NewTransactionTest {

    private final List<String> happened = new ArrayList<>();
    private final KeycloakSession session = session();
    private final KeycloakTransactionManager transaction = session.getTransactionManager();

    @Test
    void aChangeThatWasMadeSucceedsWhenNobodyCouldBeTold() {
        transaction.enlist(participant("database", null));
        transaction.enlistAfterCompletion(participant("cluster", new IllegalStateException("node hangs")));

        assertEquals("made", run("made"));
        assertEquals(List.of("database commit", "cluster commit"), happened);
    }

    @Test
    void aChangeThatTheDatabaseDidNotTakeFails() {
        RuntimeException conflict = new IllegalStateException("conflict");
        transaction.enlist(participant("database", conflict));
        transaction.enlistAfterCompletion(participant("cluster", null));

        assertSame(conflict, assertThrows(RuntimeException.class, () -> run("made")));
    }

    @Test
    void aChangeThatTheDatabaseDidNotTakeFailsWhoeverElseFailed() {
        RuntimeException conflict = new IllegalStateException("conflict");
        transaction.enlist(participant("database", conflict));
        transaction.enlistAfterCompletion(participant("cluster", new IllegalStateException("node hangs")));

        assertSame(conflict, assertThrows(RuntimeException.class, () -> run("made")));
    }

    @Test
    void workThatFailsHasNoResult() {
        RuntimeException broken = new IllegalStateException("broken");

        RuntimeException failed = assertThrows(
                RuntimeException.class,
                () -> NewTransaction.run(
                        any -> {
                            throw broken;
                        },
                        job -> {
                            transaction.begin();
                            try {
                                job.accept(session);
                            } finally {
                                transaction.rollback();
                            }
                        }));

        assertSame(broken, failed);
    }

    @Test
    void abandonedWorkHasItsResultWhenNobodyCouldBeTold() {
        transaction.enlist(participant("database", null));
        transaction.enlistAfterCompletion(participant("cluster", new IllegalStateException("node hangs")));

        assertEquals("refused", run(TransactionResult.rollBack("refused"), () -> {}));
        assertEquals(List.of("database rollback", "cluster rollback"), happened);
    }

    @Test
    void changeThatAnotherProviderHasUndoneFails() {
        transaction.enlist(participant("database", null));

        assertThrows(
                NotCommittedException.class, () -> run(TransactionResult.commit("made"), transaction::setRollbackOnly));
        assertEquals(List.of("database rollback"), happened);
    }

    private String run(String result) {
        return run(TransactionResult.commit(result), () -> {});
    }

    /** @param others what other providers do in the same transaction */
    private String run(TransactionResult<String> result, Runnable others) {
        return NewTransaction.run(
                any -> {
                    others.run();
                    return result;
                },
                job -> {
                    transaction.begin();
                    job.accept(session);
                    // As Keycloak does when it closes a session.
                    if (transaction.getRollbackOnly()) {
                        transaction.rollback();
                    } else {
                        transaction.commit();
                    }
                });
    }

    private AbstractKeycloakTransaction participant(String name, RuntimeException failure) {
        return new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                end("commit");
            }

            @Override
            protected void rollbackImpl() {
                end("rollback");
            }

            private void end(String how) {
                happened.add(name + " " + how);
                if (failure != null) {
                    throw failure;
                }
            }
        };
    }

    private static KeycloakSession session() {
        KeycloakTransactionManager[] transaction = new KeycloakTransactionManager[1];
        KeycloakSession session = (KeycloakSession) Proxy.newProxyInstance(
                NewTransactionTest.class.getClassLoader(),
                new Class<?>[] {KeycloakSession.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getTransactionManager" -> transaction[0];
                    case "getProvider" -> new NoopTracingProvider();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        transaction[0] = new DefaultKeycloakTransactionManager(session);
        // There is no application server.
        transaction[0].setJTAPolicy(KeycloakTransactionManager.JTAPolicy.NOT_SUPPORTED);
        return session;
    }
}
