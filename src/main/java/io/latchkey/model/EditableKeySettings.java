package io.latchkey.model;

import java.time.Instant;
import java.util.Optional;

/** Holds the settings of a key that people can change. A key that replaces another takes them over. */
public record EditableKeySettings(
        String name,
        Optional<String> description,
        Activation activation,
        Optional<Instant> expiresAt,
        Restrictions restrictions) {

    public EditableKeySettings with(Restrictions others) {
        return new EditableKeySettings(name, description, activation, expiresAt, others);
    }
}
