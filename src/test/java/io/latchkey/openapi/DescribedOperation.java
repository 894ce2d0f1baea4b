package io.latchkey.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;

/**
 * One operation of the REST interface, with the names of everything that a caller may send to it.
 *
 * @param path with its parameters in braces
 * @param fields members of the JSON or form body, without those of nested objects
 * @param form whether the body is a form
 */
public record DescribedOperation(
        String method, String path, Set<String> query, Set<String> headers, Set<String> fields, boolean form) {

    private static final String FORM = "application/x-www-form-urlencoded";

    public static List<DescribedOperation> all() {
        OpenAPI document = OpenApiDocument.generate("0").model();
        List<DescribedOperation> all = new ArrayList<>();
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations()
                        .forEach((method, operation) -> all.add(of(document, method.name(), path, operation))));
        return all;
    }

    private static DescribedOperation of(OpenAPI document, String method, String path, Operation operation) {
        Set<String> fields = new TreeSet<>();
        boolean form = false;
        if (operation.getRequestBody() != null) {
            var types = operation.getRequestBody().getContent().getMediaTypes();
            form = types.containsKey(FORM);
            types.values().forEach(type -> collect(document, type.getSchema(), fields));
        }
        return new DescribedOperation(
                method,
                path,
                named(document, operation, In.QUERY),
                named(document, operation, In.HEADER),
                fields,
                form);
    }

    private static Set<String> named(OpenAPI document, Operation operation, In place) {
        Set<String> names = new TreeSet<>();
        stream(operation.getParameters())
                .map(parameter -> parameter.getRef() == null
                        ? parameter
                        : document.getComponents().getParameters().get(last(parameter.getRef())))
                .filter(parameter -> parameter.getIn() == place)
                .map(Parameter::getName)
                .forEach(names::add);
        return names;
    }

    private static void collect(OpenAPI document, Schema schema, Set<String> fields) {
        if (schema == null) {
            return;
        }
        if (schema.getRef() != null) {
            collect(document, document.getComponents().getSchemas().get(last(schema.getRef())), fields);
        }
        if (schema.getProperties() != null) {
            fields.addAll(schema.getProperties().keySet());
        }
        Stream.of(schema.getAllOf(), schema.getOneOf(), schema.getAnyOf())
                .flatMap(DescribedOperation::stream)
                .forEach(part -> collect(document, part, fields));
    }

    private static <T> Stream<T> stream(List<T> list) {
        return list == null ? Stream.empty() : list.stream();
    }

    private static String last(String ref) {
        return ref.substring(ref.lastIndexOf('/') + 1);
    }
}
