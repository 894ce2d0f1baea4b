package io.latchkey.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Records when and from which address a key was last accepted.
 *
 * @param address the caller's address as Keycloak sees it behind its trusted proxies
 * @param uses how often it was accepted so far
 */
public record LastUse(Instant at, Optional<String> address, long uses) {}
