package io.latchkey.openapi;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds by reflection what JAX-RS would serve, as a second opinion beside the scanner. */
public final class Resources {

    private final Map<String, Method> operations = new TreeMap<>();

    private Resources() {}

    /** Such as {@code GET /realms/{realm}/api-keys}; without answers to CORS preflights. */
    static Map<String, Method> operations() {
        return operations(Roots.class);
    }

    /** @param resource a root, or the class of a resource below one */
    public static Map<String, Method> operations(Class<?> resource) {
        Resources resources = new Resources();
        resources.collect("", resource);
        return resources.operations;
    }

    private void collect(String base, Class<?> resource) {
        for (Method method : resource.getDeclaredMethods()) {
            Path own = method.getAnnotation(Path.class);
            boolean here = own == null || own.value().isEmpty();
            String path = here ? base : base + "/" + own.value().replaceAll(":[^}]*", "");
            Optional<String> verb = verb(method);
            if (verb.isPresent()) {
                verb.filter(name -> !method.getName().equals("preflight"))
                        .ifPresent(name -> operations.put(name + " " + path, method));
            } else if (own != null) {
                collect(path, method.getReturnType());
            }
        }
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(type -> type.getAnnotation(HttpMethod.class))
                .filter(found -> found != null)
                .map(HttpMethod::value)
                .findFirst();
    }
}
