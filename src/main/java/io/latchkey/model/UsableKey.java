package io.latchkey.model;

import java.time.Instant;

/**
 * Holds since when a usable key and its family exist and when it ends, to decide which keys are within the maximum of their owner.
 *
 * @param familySince when the first key of its family was made
 * @param endsAt {@link Instant#MAX} when it has no end
 */
public record UsableKey(String family, Instant familySince, Instant endsAt) {}
