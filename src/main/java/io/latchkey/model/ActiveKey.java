package io.latchkey.model;

import java.time.Instant;

/**
 * Holds the age and the end of a usable key, for the key quota.
 *
 * @param familySince when the first key of its family was made
 * @param endsAt {@link Instant#MAX} when it has no end
 */
public record ActiveKey(String family, Instant familySince, Instant endsAt) {}
