package io.latchkey.rest.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.Latchkey;
import io.latchkey.rest.Answers;
import io.latchkey.rest.Problem;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * What administrators set beside keys: changed when its turn has come, in a transaction of its own, as keys are, so that the answer
 * tells what has become of it. The event is part of that transaction, and tells the same.
 */
final class AdminChange {

    private final KeycloakSession session;
    private final AdminEventBuilder event;

    AdminChange(KeycloakSession session, AdminEventBuilder event) {
        this.session = session;
        this.event = event;
    }

    /**
     * What an event says of a change.
     *
     * @param what is told in it, in a word
     * @param path of what was changed
     */
    record Subject(OperationType operation, ResourceType type, String what, List<String> path) {

        Subject(OperationType operation, ResourceType type, String what, String... path) {
            this(operation, type, what, List.of(path));
        }
    }

    /** @param work makes the change in the session it is given; what it answers is told */
    Response make(Subject subject, Function<KeycloakSession, ObjectNode> work) {
        Latchkey latchkey = Latchkey.of(session);
        try {
            return latchkey.inTurn(() -> Answers.ok(latchkey.change(inner -> tell(inner, subject, work.apply(inner)))))
                    .orElseGet(() -> Problem.busy().toResponse());
        } catch (Refusal refused) {
            return refused.problem.toResponse();
        }
    }

    private ObjectNode tell(KeycloakSession inner, Subject subject, ObjectNode document) {
        event.clone(inner)
                .operation(subject.operation())
                .resource(subject.type())
                .resourcePath(subject.path().toArray(String[]::new))
                .representation(Map.of(subject.what(), document.toString()))
                .success();
        return document;
    }

    /** Thrown by work that finds out, once nobody else can change anything, that it must not be done; undoes all of it. */
    static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient Problem problem;

        Refusal(Problem problem) {
            super("The change is not to be made", null, false, false);
            this.problem = problem;
        }
    }
}
