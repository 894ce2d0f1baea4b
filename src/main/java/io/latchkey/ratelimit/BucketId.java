package io.latchkey.ratelimit;

/**
 * @param subject family of keys, or owner
 */
record BucketId(LimitScope quota, String subject) {}
