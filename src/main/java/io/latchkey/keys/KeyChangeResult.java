package io.latchkey.keys;

import java.util.function.Function;

/** Holds the result of a change of a key: made, or refused without any effect. */
public sealed interface KeyChangeResult<T> {

    /** The change was made. */
    record Done<T>(T value) implements KeyChangeResult<T> {}

    /** Nothing was changed. */
    record Refused<T>(KeyChangeRefusal refusal) implements KeyChangeResult<T> {}

    static <T> KeyChangeResult<T> done(T value) {
        return new Done<>(value);
    }

    static <T> KeyChangeResult<T> refused(KeyChangeRefusal refusal) {
        return new Refused<>(refusal);
    }

    /** The result with the value of the change replaced. */
    default <R> KeyChangeResult<R> map(Function<T, R> mapper) {
        return fold(value -> done(mapper.apply(value)), KeyChangeResult::refused);
    }

    default <R> R fold(Function<T, R> done, Function<KeyChangeRefusal, R> refused) {
        return this instanceof Done<T> d ? done.apply(d.value()) : refused.apply(((Refused<T>) this).refusal());
    }
}
