package io.latchkey.model;

import java.util.Arrays;
import java.util.Optional;

/** Lists the types of owner. */
public enum OwnerType {
    USER("user"),
    /** The service account of a client; it acts as {@code client_credentials} of that client would. */
    SERVICE_ACCOUNT("service-account");

    private final String label;

    OwnerType(String label) {
        this.label = label;
    }

    /** The word used in REST and in the database. */
    public String label() {
        return label;
    }

    public static Optional<OwnerType> ofLabel(String label) {
        return Arrays.stream(values()).filter(type -> type.label.equals(label)).findFirst();
    }
}
