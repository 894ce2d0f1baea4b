package io.latchkey.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.key.KeyRedaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a new policy or plan: the new text of each attribute, and the errors of its fields.
 *
 * @param attributes every attribute by name; empty to remove it
 * @param errors by JSON field; nothing may be written if there are any
 */
public record ParsedPolicyDocument(Map<String, Optional<String>> attributes, List<FieldError> errors) {

    /**
     * Reads the field of each attribute. A field that is absent or null removes its attribute.
     *
     * @param others further fields, which the caller reads
     */
    static ParsedPolicyDocument read(ObjectNode document, List<PolicyAttribute<?>> known, String... others) {
        ParsedPolicyDocument update = new ParsedPolicyDocument(new LinkedHashMap<>(), new ArrayList<>());
        Set<String> unknown = new LinkedHashSet<>();
        document.fieldNames().forEachRemaining(unknown::add);
        List.of(others).forEach(unknown::remove);
        for (PolicyAttribute<?> attribute : known) {
            unknown.remove(attribute.field());
            JsonNode json = document.path(attribute.field());
            // An address that contains a key would be exported with the realm.
            boolean key = KeyRedaction.isIn(json.toString());
            Optional<String> text = json.isMissingNode() || json.isNull()
                    ? Optional.of("")
                    : attribute.format().textOf(json).filter(value -> !key);
            text.ifPresentOrElse(
                    value -> update.put(attribute.name(), value),
                    () -> update.reject(attribute.field(), key ? KeyRedaction.FAULT : attribute.rule()));
        }
        unknown.forEach(field -> update.reject(field, "unknown field"));
        return update;
    }

    void put(String attribute, String text) {
        attributes.put(attribute, Optional.of(text).filter(value -> !value.isEmpty()));
    }

    void reject(String field, String detail) {
        errors.add(new FieldError(field, detail));
    }
}
