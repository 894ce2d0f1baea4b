package io.latchkey.limits;

/**
 * @param subject family of keys, or owner
 */
record BucketId(Quota quota, String subject) {}
