package io.latchkey.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;

/** Reads and writes a realm's policy as the JSON document of admin REST, and writes its JSON Schema. */
public final class PolicyDocument {

    private PolicyDocument() {}

    /** @param attributes returns {@code null} for an attribute that is not set */
    public static ObjectNode write(Function<String, String> attributes) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        PolicyAttributes.ALL.forEach(attribute -> document.set(attribute.field(), attribute.json(attributes)));
        // Shortened to the longest lifetime.
        KeyLifetime lifetime = RealmPolicy.read(attributes).defaultLifetime();
        return document.put(PolicyAttributes.DEFAULT_LIFETIME.field(), lifetime.toString());
    }

    /** Describes the document as a JSON Schema (draft 2020-12); {@code x-group} groups the fields in forms. */
    public static ObjectNode schema() {
        ObjectNode schema = JsonNodeFactory.instance
                .objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("type", "object")
                .put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        PolicyAttributes.ALL.forEach(attribute -> properties.set(attribute.field(), attribute.schema()));
        return schema;
    }

    /** Reads a policy that replaces the one before. A field that is absent or null has its default. */
    public static ParsedPolicyDocument read(ObjectNode document) {
        ParsedPolicyDocument update = ParsedPolicyDocument.read(document, PolicyAttributes.ALL);
        Function<String, String> result =
                name -> update.attributes().getOrDefault(name, Optional.empty()).orElse(null);
        if (update.attributes().containsKey(PolicyAttributes.MAX_LIFETIME.name())
                && RealmPolicy.defaultOutlivesMax(result)) {
            update.reject(
                    PolicyAttributes.DEFAULT_LIFETIME.field(),
                    "must not be longer than " + PolicyAttributes.MAX_LIFETIME.field());
        }
        return update;
    }
}
