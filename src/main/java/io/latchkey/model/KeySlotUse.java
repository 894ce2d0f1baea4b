package io.latchkey.model;

import java.time.Instant;

/**
 * Holds what counts towards the maximum number of keys of an owner: the family of a living key, when the family began, and
 * when the key ends.
 *
 * @param familySince when the first key of its family was made
 * @param endsAt {@link Instant#MAX} when it has no end
 */
public record KeySlotUse(String family, Instant familySince, Instant endsAt) {}
