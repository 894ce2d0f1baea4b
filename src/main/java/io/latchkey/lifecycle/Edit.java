package io.latchkey.lifecycle;

import java.util.Objects;
import java.util.Optional;

/**
 * What a change asks of one value: to stay as it is, or to become another (RFC 7396: an absent member stays).
 *
 * @param <T> the type of the value; {@code Optional} where the value may be removed
 */
public final class Edit<T> {

    private static final Edit<?> KEEP = new Edit<>(null);

    private final T value;

    private Edit(T value) {
        this.value = value;
    }

    @SuppressWarnings("unchecked")
    public static <T> Edit<T> keep() {
        return (Edit<T>) KEEP;
    }

    public static <T> Edit<T> to(T value) {
        return new Edit<>(Objects.requireNonNull(value, "value"));
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
