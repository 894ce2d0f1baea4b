package io.latchkey.ratelimit;

/**
 * Identifies a token bucket.
 *
 * @param subject key family or owner
 */
record BucketId(LimitScope scope, String subject) {}
