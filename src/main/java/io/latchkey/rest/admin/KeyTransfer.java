package io.latchkey.rest.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.lifecycle.Actor;
import io.latchkey.lifecycle.KeyDesk;
import io.latchkey.lifecycle.Outcome;
import io.latchkey.model.ApiKey;
import io.latchkey.model.KeyQuery;
import io.latchkey.model.KeyStatus;
import io.latchkey.policy.Violation;
import io.latchkey.rest.Answers;
import io.latchkey.rest.Problem;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.keycloak.models.KeycloakSession;

/**
 * Moves keys between installations: their hashes, never the keys. What one exports the other imports unchanged; both need the
 * same peppers. An import is made whole or not at all, and repeating it changes nothing.
 */
final class KeyTransfer {

    /** Larger than an export of the most keys one request may ask for. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private final KeycloakSession session;
    private final Function<Function<KeyDesk, List<Violation>>, List<Violation>> change;

    KeyTransfer(KeycloakSession session, Function<Function<KeyDesk, List<Violation>>, List<Violation>> change) {
        this.session = session;
        this.change = change;
    }

    Response export(KeyQuery query, List<ApiKey> keys) {
        boolean ended =
                query.status().filter(status -> status == KeyStatus.REVOKED).isPresent();
        // An import would bring them back to life.
        return ended
                ? Problem.badRequest("status", "revoked keys are not exported").toResponse()
                : Answers.ok(document(keys));
    }

    private ObjectNode document(List<ApiKey> keys) {
        TransferJson json = new TransferJson(session);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode list = document.putArray("keys");
        keys.forEach(key -> list.add(json.write(key)));
        return document;
    }

    /** @param actor the administrator, who becomes the creator of keys whose creator is unknown here */
    Response adopt(ObjectNode document, Actor actor) {
        List<Violation> wrong = new ArrayList<>();
        document.fieldNames().forEachRemaining(name -> {
            if (!name.equals("keys")) {
                wrong.add(new Violation(name, "unknown field"));
            }
        });
        JsonNode list = document.path("keys");
        if (!list.isArray()) {
            wrong.add(new Violation("keys", "must be a list"));
        }
        TransferJson json = new TransferJson(session);
        List<ApiKey> keys = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            int index = i;
            json.read(list.get(i), actor, violation -> wrong.add(at(index, violation)))
                    .ifPresent(keys::add);
        }
        if (wrong.isEmpty()) {
            wrong.addAll(change.apply(desk -> adoptAll(desk, keys)));
        }
        return wrong.isEmpty()
                ? Answers.ok(JsonNodeFactory.instance.objectNode().put("imported", keys.size()))
                : Problem.badRequest(wrong).toResponse();
    }

    private List<Violation> adoptAll(KeyDesk desk, List<ApiKey> keys) {
        List<Violation> wrong = new ArrayList<>();
        // One order for all changes, so that none of them can wait for each other's owners.
        IntStream.range(0, keys.size())
                .boxed()
                .sorted(Comparator.comparing(index -> keys.get(index).owner().id()))
                .forEach(index -> adopt(desk, keys.get(index)).ifPresent(violation -> wrong.add(at(index, violation))));
        if (!wrong.isEmpty()) {
            desk.abandon();
        }
        return wrong;
    }

    private static Optional<Violation> adopt(KeyDesk desk, ApiKey key) {
        Outcome<ApiKey> outcome = desk.adopt(key);
        return outcome.fold(
                done -> Optional.empty(),
                refusal -> Optional.of(
                        refusal.violations().stream().findFirst().orElse(new Violation("name", refusal.detail()))));
    }

    private static Violation at(int index, Violation violation) {
        return new Violation("keys[" + index + "]." + violation.field(), violation.detail());
    }
}
