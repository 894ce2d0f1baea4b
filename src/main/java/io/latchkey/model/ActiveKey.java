package io.latchkey.model;

import java.time.Instant;

/**
 * What there is to know of a key that is switched on and has not ended, where only its age counts.
 *
 * @param familySince when the first key of its family was made
 * @param endsAt {@link Instant#MAX} when it has no end
 */
public record ActiveKey(String family, Instant familySince, Instant endsAt) {}
