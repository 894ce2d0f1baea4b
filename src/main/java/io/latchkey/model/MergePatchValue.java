package io.latchkey.model;

import java.util.Optional;
import java.util.function.Function;

/** Holds one member of a merge patch (RFC 7396): absent, {@code null}, or a value. */
public sealed interface MergePatchValue<T> {

    record Absent<T>() implements MergePatchValue<T> {}

    record Null<T>() implements MergePatchValue<T> {}

    record Value<T>(T value) implements MergePatchValue<T> {}

    static <T> MergePatchValue<T> absent() {
        return new Absent<>();
    }

    default boolean isAbsent() {
        return this instanceof Absent<T>;
    }

    /** The value, if there is one. For documents that say everything, where null and absent are the same. */
    default Optional<T> given() {
        return this instanceof Value<T> present ? Optional.of(present.value()) : Optional.empty();
    }

    /** What the patch makes of a member that may be missing. */
    default Optional<T> applyTo(Optional<T> current) {
        return isAbsent() ? current : given();
    }

    default <R> MergePatchValue<R> map(Function<T, R> mapper) {
        if (this instanceof Value<T> present) {
            return new Value<>(mapper.apply(present.value()));
        }
        return this instanceof Null<T> ? new Null<>() : new Absent<>();
    }
}
