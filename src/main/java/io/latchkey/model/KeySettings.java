package io.latchkey.model;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Holds the settings of a key that people can change. A key that replaces another takes them over. */
public record KeySettings(
        String name,
        Optional<String> description,
        Activation activation,
        Optional<Instant> expiresAt,
        Restrictions restrictions) {

    public KeySettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(restrictions, "restrictions");
    }

    public KeySettings with(Restrictions others) {
        return new KeySettings(name, description, activation, expiresAt, others);
    }
}
