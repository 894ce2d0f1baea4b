package io.latchkey.rest.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.ApiKeysProvider;
import io.latchkey.http.Problem;
import io.latchkey.keys.Actor;
import io.latchkey.keys.KeyChangeRefusal;
import io.latchkey.keys.KeyChangeResult;
import io.latchkey.keys.KeyContext;
import io.latchkey.keys.KeyImport;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ComparableName;
import io.latchkey.model.KeyQuery;
import io.latchkey.model.KeyStatus;
import io.latchkey.policy.FieldError;
import io.latchkey.rest.KeyResponses;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/**
 * Exports and imports keys as hashes. An import accepts an export of an installation with the same peppers unchanged. It
 * validates the whole document before it changes anything, and a repeated import changes nothing.
 */
final class KeyExportImport {

    /** Of some thousand keys. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final Set<String> FIELDS = Set.of("version", "keys", "count");

    private final KeycloakSession session;
    private final Function<Function<KeyContext, List<FieldError>>, List<FieldError>> change;

    KeyExportImport(
            KeycloakSession session, Function<Function<KeyContext, List<FieldError>>, List<FieldError>> change) {
        this.session = session;
        this.change = change;
    }

    Response export(KeyQuery query) {
        boolean ended =
                query.status().filter(status -> status == KeyStatus.REVOKED).isPresent();
        // An import would bring them back to life.
        return ended
                ? Problem.badRequest("status", "revoked keys are not exported").toResponse()
                : Response.ok(
                                new KeyExport(session.getKeycloakSessionFactory(), query),
                                MediaType.APPLICATION_JSON_TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build();
    }

    /** @param actor the administrator, who becomes the creator of keys whose creator is unknown here */
    Response importKeys(ObjectNode document, Actor actor) {
        List<FieldError> wrong = new ArrayList<>();
        document.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                wrong.add(new FieldError(name, "unknown field"));
            }
        });
        JsonNode list = document.path("keys");
        if (!list.isArray()) {
            wrong.add(new FieldError("keys", "must be a list"));
        }
        if (document.path("version").asInt(KeyExport.VERSION) != KeyExport.VERSION) {
            wrong.add(new FieldError("version", "must be " + KeyExport.VERSION));
        }
        if (document.path("count").asInt(list.size()) != list.size()) {
            wrong.add(new FieldError("count", "must be the number of keys: something is missing"));
        }
        ExportedKeyJson json = new ExportedKeyJson(session);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            int index = i;
            json.read(list.get(i), actor, error -> wrong.add(at(index, error)))
                    .ifPresent(key -> items.add(new Item(index, key)));
        }
        wrong.addAll(repeated(items));
        if (wrong.isEmpty()) {
            wrong.addAll(importKeys(items));
        }
        return wrong.isEmpty()
                ? KeyResponses.ok(JsonNodeFactory.instance.objectNode().put("imported", items.size()))
                : Problem.badRequest(wrong).toResponse();
    }

    /** Checks all keys before it stores the first one. Only a concurrent change can therefore stop it half-way. */
    private List<FieldError> importKeys(List<Item> items) {
        // One order for all changes, so that none of them can wait for each other's owners.
        List<List<Item>> batches = Batches.of(items.stream()
                .sorted(Comparator.comparing(item -> item.key().owner().id()))
                .toList());
        List<FieldError> wrong = each(batches, KeyImport::check);
        return wrong.isEmpty() ? each(batches, (command, key) -> refusal(command.importKey(key))) : wrong;
    }

    private List<FieldError> each(
            List<List<Item>> batches, BiFunction<KeyImport, ApiKey, Optional<KeyChangeRefusal>> step) {
        return batches.stream()
                .flatMap(batch -> change
                        .apply(context -> batch.stream()
                                .flatMap(item -> step
                                        .apply(new KeyImport(context), item.key())
                                        .map(refusal -> item.fieldError(refusal))
                                        .stream())
                                .toList())
                        .stream())
                .toList();
    }

    /** Violations of keys in the document that exclude each other. */
    private List<FieldError> repeated(List<Item> items) {
        Map<String, ApiKey> ids = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        List<FieldError> wrong = new ArrayList<>();
        Instant now = ApiKeysProvider.of(session).clock().instant();
        for (Item item : items) {
            ApiKey key = item.key();
            if (ids.putIfAbsent(key.id().value(), key) != null) {
                wrong.add(at(item.index(), new FieldError("id", "is in the document twice")));
            }
            String name = key.owner().id() + " " + ComparableName.of(key.name());
            boolean living = key.endsAt().filter(end -> !end.isAfter(now)).isEmpty();
            if (living && !key.family().equals(names.computeIfAbsent(name, first -> key.family()))) {
                wrong.add(at(item.index(), new FieldError("name", "is in the document twice for this owner")));
            }
        }
        return wrong;
    }

    private static Optional<KeyChangeRefusal> refusal(KeyChangeResult<ApiKey> outcome) {
        return outcome.fold(done -> Optional.empty(), Optional::of);
    }

    /** @param index in the document */
    record Item(int index, ApiKey key) {

        FieldError fieldError(KeyChangeRefusal refusal) {
            return at(index, refusal.errors().stream().findFirst().orElse(new FieldError("name", refusal.detail())));
        }
    }

    static FieldError at(int index, FieldError error) {
        return new FieldError("keys[" + index + "]." + error.field(), error.detail());
    }
}
