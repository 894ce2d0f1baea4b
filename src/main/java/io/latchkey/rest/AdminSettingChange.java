package io.latchkey.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.ApiKeysProvider;
import io.latchkey.TransactionResult;
import io.latchkey.http.Problem;
import io.latchkey.http.ProblemType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * Runs an administrator's change of a setting in a new transaction, writes its admin event there, and responds after the
 * commit. The admin event is part of that transaction.
 */
public final class AdminSettingChange {

    private final KeycloakSession session;
    private final AdminEventBuilder event;

    public AdminSettingChange(KeycloakSession session, AdminEventBuilder event) {
        this.session = session;
        this.event = event;
    }

    /**
     * What an event says of a change.
     *
     * @param what names the setting in the representation
     * @param path of what was changed
     */
    public record Subject(OperationType operation, ResourceType type, String what, List<String> path) {

        public Subject(OperationType operation, ResourceType type, String what, String... path) {
            this(operation, type, what, List.of(path));
        }
    }

    /**
     * Holds the result of a change: the new document, which the response and the event contain, or the problem, which rolls the
     * change back.
     */
    public record Result(Optional<ObjectNode> document, Optional<Problem> problem) {

        public static Result made(ObjectNode document) {
            return new Result(Optional.of(document), Optional.empty());
        }

        public static Result refused(Problem problem) {
            return new Result(Optional.empty(), Optional.of(problem));
        }

        private Response toResponse() {
            return document.map(KeyResponses::ok)
                    .orElseGet(() -> problem.orElseThrow().toResponse());
        }
    }

    /** @param work makes the change in the session it is given */
    public Response make(Subject subject, Function<KeycloakSession, Result> work) {
        ApiKeysProvider apiKeysProvider = ApiKeysProvider.of(session);
        return apiKeysProvider
                .withPermit(() -> apiKeysProvider
                        .changes()
                        .run(inner -> {
                            Result result = work.apply(inner);
                            result.document().ifPresent(document -> publish(inner, subject, document));
                            return new TransactionResult<>(
                                    result, result.problem().isEmpty());
                        })
                        .toResponse())
                .orElseGet(() -> ProblemType.BUSY.toResponse());
    }

    private void publish(KeycloakSession inner, Subject subject, ObjectNode document) {
        event.clone(inner)
                .operation(subject.operation())
                .resource(subject.type())
                .resourcePath(subject.path().toArray(String[]::new))
                .representation(Map.of(subject.what(), document.toString()))
                .success();
    }
}
