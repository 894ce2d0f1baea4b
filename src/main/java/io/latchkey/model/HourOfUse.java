package io.latchkey.model;

import io.latchkey.key.KeyId;
import java.time.Instant;
import java.util.SortedMap;

/**
 * How often a key was used in one hour.
 *
 * @param hour its beginning
 * @param rejected by reason
 */
public record HourOfUse(KeyId key, Instant hour, long accepted, SortedMap<String, Long> rejected) {}
