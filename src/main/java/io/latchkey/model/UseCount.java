package io.latchkey.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Uses that are not on record yet.
 *
 * @param last the latest of them
 * @param address of the caller at that moment
 */
public record UseCount(UseSlot slot, long uses, Instant last, Optional<String> address) {}
