package io.latchkey.lifecycle;

import java.util.function.Function;

/** The end of a change: either it was made, or it was refused and nothing happened. */
public sealed interface Outcome<T> {

    /** The change was made. */
    record Done<T>(T value) implements Outcome<T> {}

    /** Nothing was changed. */
    record Refused<T>(Refusal refusal) implements Outcome<T> {}

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    default <R> R fold(Function<T, R> done, Function<Refusal, R> refused) {
        return this instanceof Done<T> d ? done.apply(d.value()) : refused.apply(((Refused<T>) this).refusal());
    }
}
