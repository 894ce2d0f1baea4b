package io.latchkey.policy;

import java.util.function.Function;

/**
 * Describes the value that replaces an invalid attribute: never more permissive than any valid value its author may have
 * meant.
 *
 * @param words how the documentation says it; empty for a reading that is the same for every wrong value
 */
record FallbackValue<T>(String words, Function<String, T> reader) {

    static <T> FallbackValue<T> of(T value) {
        return new FallbackValue<>("", text -> value);
    }
}
