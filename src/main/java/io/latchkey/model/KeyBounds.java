package io.latchkey.model;

import io.latchkey.key.KeyKind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the bounds that a realm's policy sets for every new key. A living key that does not meet it today is out of
 * policy.
 *
 * @param kinds that may be made
 * @param maxLifetime from creation to end; empty where keys may live for ever
 * @param requireIp whether a secret key needs addresses
 */
public record KeyBounds(Set<KeyKind> kinds, Optional<Duration> maxLifetime, boolean requireIp) {

    public KeyBounds {
        kinds = Set.copyOf(kinds);
    }
}
