package io.latchkey.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.key.KeyRedaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads and writes the policy as a REST document. */
public final class PolicyDocument {
    private static final Set<String> FIELDS =
            PolicyAttributes.ALL.stream().map(PolicyAttribute::field).collect(Collectors.toUnmodifiableSet());

    private PolicyDocument() {}

    /** @param attributes returns {@code null} for an attribute that is not set */
    public static ObjectNode write(Function<String, String> attributes) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        PolicyAttributes.ALL.forEach(attribute -> document.set(attribute.field(), json(attribute, attributes)));
        // Shortened to the longest lifetime.
        PolicyAttribute<KeyLifetime> lifetime = PolicyAttributes.DEFAULT_LIFETIME;
        document.set(
                lifetime.field(), lifetime.jsonOf(RealmPolicy.read(attributes).defaultLifetime()));
        return document;
    }

    /** Reads a policy that replaces the one before. A field that is absent or null has its default. */
    public static PolicyUpdate read(ObjectNode document) {
        Map<String, Optional<String>> attributes = new LinkedHashMap<>();
        List<FieldError> errors = new ArrayList<>();
        PolicyAttributes.ALL.forEach(attribute -> read(document, attribute)
                .ifPresentOrElse(
                        text -> attributes.put(attribute.name(), text),
                        () -> errors.add(new FieldError(attribute.field(), rule(document, attribute)))));
        document.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                errors.add(new FieldError(field, "unknown field"));
            }
        });
        Function<String, String> result =
                name -> attributes.getOrDefault(name, Optional.empty()).orElse(null);
        if (attributes.containsKey(PolicyAttributes.MAX_LIFETIME.name()) && RealmPolicy.defaultOutlivesMax(result)) {
            errors.add(new FieldError(
                    PolicyAttributes.DEFAULT_LIFETIME.field(),
                    "must not be longer than " + PolicyAttributes.MAX_LIFETIME.field()));
        }
        return errors.isEmpty() ? new PolicyUpdate.Accepted(attributes) : new PolicyUpdate.Refused(errors);
    }

    /** The new text of an attribute, empty to remove it; no result if the JSON is invalid. */
    static Optional<Optional<String>> read(ObjectNode document, PolicyAttribute<?> attribute) {
        JsonNode json = document.path(attribute.field());
        return json.isMissingNode() || json.isNull()
                ? Optional.of(Optional.empty())
                // An address that contains a key would be exported with the realm.
                : attribute.textOf(json).filter(text -> !KeyRedaction.isIn(text.orElse(null)));
    }

    private static String rule(ObjectNode document, PolicyAttribute<?> attribute) {
        return KeyRedaction.isIn(document.path(attribute.field()).toString()) ? KeyRedaction.FAULT : attribute.rule();
    }

    private static <T> JsonNode json(PolicyAttribute<T> attribute, Function<String, String> attributes) {
        return attribute.jsonOf(attribute.read(attributes));
    }
}
