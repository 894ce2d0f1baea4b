package io.latchkey.keys;

import java.util.Objects;
import java.util.Optional;

/**
 * Describes the update of one value: keep it, or set it (RFC 7396: an absent member stays).
 *
 * @param <T> the type of the value; {@code Optional} where the value may be removed
 */
public final class FieldUpdate<T> {

    private static final FieldUpdate<?> KEEP = new FieldUpdate<>(null);

    private final T value;

    private FieldUpdate(T value) {
        this.value = value;
    }

    @SuppressWarnings("unchecked")
    public static <T> FieldUpdate<T> keep() {
        return (FieldUpdate<T>) KEEP;
    }

    public static <T> FieldUpdate<T> to(T value) {
        return new FieldUpdate<>(Objects.requireNonNull(value, "value"));
    }

    public boolean given() {
        return value != null;
    }

    /** The value asked for; empty when it shall stay. */
    public Optional<T> wanted() {
        return Optional.ofNullable(value);
    }

    public T or(T current) {
        return value == null ? current : value;
    }
}
