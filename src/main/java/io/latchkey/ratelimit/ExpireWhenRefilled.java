package io.latchkey.ratelimit;

import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;

/** Evicts a bucket once it must be full again. A new bucket then has the same content. */
final class ExpireWhenRefilled implements Expiry<BucketId, TokenBucket> {

    // A burst on each of so many nodes is recovered from by then.
    private static final int NODES = 8;
    // Longer than anybody holds on to one who does not ask for it again.
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    @Override
    public long expireAfterCreate(BucketId id, TokenBucket bucket, long now) {
        return afterUse(bucket);
    }

    @Override
    public long expireAfterUpdate(BucketId id, TokenBucket bucket, long now, long left) {
        return afterUse(bucket);
    }

    @Override
    public long expireAfterRead(BucketId id, TokenBucket bucket, long now, long left) {
        return afterUse(bucket);
    }

    private static long afterUse(TokenBucket bucket) {
        long recovery = Math.min(bucket.limit().recovery().toNanos(), LONGEST.toNanos());
        return Math.max(recovery * NODES, SHORTEST.toNanos());
    }
}
