package io.latchkey.fakes;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Takes the place of something large, such as a session of Keycloak, of which code under test asks a few questions only. A
 * question that nobody has foreseen fails the test.
 *
 * @param <T> what it stands in for
 */
public final class Stub<T> {

    private final Class<T> type;
    private final Map<String, Function<Object[], Object>> answers = new HashMap<>();

    private Stub(Class<T> type) {
        this.type = type;
        answers.put("toString", nothing -> type.getSimpleName());
    }

    public static <T> Stub<T> of(Class<T> type) {
        return new Stub<>(type);
    }

    /** @param value the answer, whatever the arguments */
    public Stub<T> with(String method, Object value) {
        return answering(method, arguments -> value);
    }

    /** @param answer made anew for each question, as streams have to be */
    public Stub<T> answering(String method, Function<Object[], Object> answer) {
        answers.put(method, answer);
        return this;
    }

    public T make() {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, sent) -> {
            Function<Object[], Object> answer = answers.get(method.getName());
            if (answer != null) {
                return answer.apply(sent);
            }
            return switch (method.getName()) {
                case "equals" -> self == sent[0];
                case "hashCode" -> System.identityHashCode(self);
                default -> throw new UnsupportedOperationException(type.getSimpleName() + "." + method.getName());
            };
        }));
    }
}
