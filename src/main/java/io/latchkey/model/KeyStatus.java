package io.latchkey.model;

import java.util.Locale;
import java.util.Optional;

/** Lists the statuses that a key can have for administrators and owners. */
public enum KeyStatus {
    ACTIVE(true),
    DISABLED(false),
    EXPIRED(false),
    /** Replaced by a newer key, but still accepted until its grace period ends. */
    ROTATING(true),
    REVOKED(false);

    private final boolean usable;

    KeyStatus(boolean usable) {
        this.usable = usable;
    }

    public boolean usable() {
        return usable;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<KeyStatus> ofLabel(String label) {
        for (KeyStatus status : values()) {
            if (status.label().equals(label)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
