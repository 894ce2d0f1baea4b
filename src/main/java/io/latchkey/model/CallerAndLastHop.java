package io.latchkey.model;

import java.util.Optional;

/**
 * Holds the IP address of a caller.
 *
 * @param literal the caller's IP address in its shortest notation; empty when a proxy does not tell it in a form that can be read
 * @param lastHop the last address that is known on the way to the caller; the caller's own if that is known
 */
public record CallerAndLastHop(Optional<String> literal, Optional<String> lastHop) {

    private static final CallerAndLastHop UNKNOWN = new CallerAndLastHop(Optional.empty(), Optional.empty());

    /** A caller whose address is known. */
    public static CallerAndLastHop of(String literal) {
        return new CallerAndLastHop(Optional.of(literal), Optional.of(literal));
    }

    /** A caller whose address may be known; nothing else is known about its way. */
    public static CallerAndLastHop of(Optional<String> literal) {
        return new CallerAndLastHop(literal, literal);
    }

    /** A caller somewhere behind this hop. */
    public static CallerAndLastHop behind(Optional<String> lastHop) {
        return new CallerAndLastHop(Optional.empty(), lastHop);
    }

    public static CallerAndLastHop unknown() {
        return UNKNOWN;
    }
}
