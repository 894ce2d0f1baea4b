package io.latchkey.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ProviderJars;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One operation of the REST interface, with the names of everything that a caller may send to it.
 *
 * @param path with its parameters in braces
 * @param fields members of the JSON or form body, without those of nested objects
 * @param form whether the body is a form
 */
public record DescribedOperation(
        String method, String path, Set<String> query, Set<String> headers, Set<String> fields, boolean form) {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch");
    private static final String FORM = "application/x-www-form-urlencoded";

    /** The operations that the server of this run serves. */
    public static List<DescribedOperation> served() {
        return all().stream()
                .filter(operation -> ProviderJars.hasCredits()
                        || !operation.path().matches(".*/api-keys/(credits|allowances|prices)(/.*)?"))
                .toList();
    }

    private static List<DescribedOperation> all() {
        JsonNode document = ShippedDocument.read();
        List<DescribedOperation> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    String method = operation.getKey().toUpperCase(Locale.ROOT);
                    all.add(of(document, method, path.getKey(), operation.getValue()));
                }
            }
        }
        return all;
    }

    private static DescribedOperation of(JsonNode document, String method, String path, JsonNode operation) {
        JsonNode types = operation.at("/requestBody/content");
        Set<String> fields = new TreeSet<>();
        types.forEach(type -> collect(document, type.path("schema"), fields));
        return new DescribedOperation(
                method,
                path,
                named(document, operation, "query"),
                named(document, operation, "header"),
                fields,
                types.has(FORM));
    }

    private static Set<String> named(JsonNode document, JsonNode operation, String place) {
        Set<String> names = new TreeSet<>();
        for (JsonNode parameter : operation.path("parameters")) {
            JsonNode described = resolved(document, parameter);
            if (described.path("in").asText().equals(place)) {
                names.add(described.path("name").asText());
            }
        }
        return names;
    }

    private static void collect(JsonNode document, JsonNode schema, Set<String> fields) {
        if (schema.has("$ref")) {
            collect(document, resolved(document, schema), fields);
        }
        schema.path("properties").fieldNames().forEachRemaining(fields::add);
        for (String combination : List.of("allOf", "oneOf", "anyOf")) {
            schema.path(combination).forEach(part -> collect(document, part, fields));
        }
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }
}
