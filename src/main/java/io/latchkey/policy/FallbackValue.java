package io.latchkey.policy;

import java.util.function.Function;

/**
 * What a wrong value is taken for: never more than any right value its author may have meant.
 *
 * @param words how the documentation says it; empty for a reading that is the same for every wrong value
 */
record FallbackValue<T>(String words, Function<String, T> reader) {

    static <T> FallbackValue<T> of(T value) {
        return new FallbackValue<>("", text -> value);
    }
}
