package io.latchkey.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.local.LocalBucketBuilder;
import io.latchkey.policy.RateLimit;
import io.latchkey.ratelimit.RateLimitStatus.BucketStatus;
import io.latchkey.ratelimit.RateLimitStatus.LimitScope;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the calls that one limit still allows, and those not yet replicated to other nodes. */
final class TokenBucket {

    private static final Duration MIN_AGE = Duration.ofMinutes(1);
    private static final Duration MAX_AGE = Duration.ofDays(365);
    /** So many nodes may each have allowed a whole burst, from which the bucket recovers before it expires. */
    private static final int NODES = 8;

    private final Id id;
    private final Bucket tokens;
    private final AtomicLong pending = new AtomicLong();
    private final AtomicBoolean queued = new AtomicBoolean();
    private volatile RateLimit limit;

    /** @param subject key family, owner or address */
    record Id(LimitScope scope, String subject) {}

    TokenBucket(Id id, RateLimit limit, TimeMeter time) {
        this.id = id;
        this.limit = limit;
        this.tokens = new LocalBucketBuilder()
                .addLimit(size -> size.capacity(limit.burst()).refillGreedy(limit.calls(), limit.window()))
                .withCustomTimePrecision(time)
                .build();
    }

    /** Creates a cache of some 600 bytes per bucket that evicts a bucket once it must be full again, as a new one is. */
    static Cache<Id, TokenBucket> cache(int maxBuckets, TimeMeter time) {
        return Caffeine.newBuilder()
                .maximumSize(maxBuckets)
                .ticker(time::currentTimeNanos)
                .expireAfter(Expiry.accessing((Id id, TokenBucket bucket) -> bucket.maxAge()))
                .executor(Runnable::run)
                .build();
    }

    private Duration maxAge() {
        Duration recovery = limit.recovery();
        Duration age = (recovery.compareTo(MAX_AGE) < 0 ? recovery : MAX_AGE).multipliedBy(NODES);
        return age.compareTo(MIN_AGE) < 0 ? MIN_AGE : age;
    }

    /** Changes the limit. A bucket that was empty stays empty. */
    void updateLimit(RateLimit newest) {
        if (!newest.equals(limit)) {
            synchronized (tokens) {
                BucketConfiguration configuration = BucketConfiguration.builder()
                        .addLimit(size -> size.capacity(newest.burst()).refillGreedy(newest.calls(), newest.window()))
                        .build();
                tokens.replaceConfiguration(configuration, TokensInheritanceStrategy.AS_IS);
                limit = newest;
            }
        }
    }

    /** Consumes a call, if one is left. */
    BucketStatus consume() {
        ConsumptionProbe probe = tokens.tryConsumeAndReturnRemaining(1);
        // A refused call has to wait, however shortly.
        long wait = probe.isConsumed() ? 0 : Math.max(1, probe.getNanosToWaitForRefill());
        return status(probe.getRemainingTokens(), wait);
    }

    /** Undoes {@link #consume}. */
    void refund() {
        tokens.addTokens(1);
    }

    /** Consumes calls that another node has allowed, even if fewer are left: the bucket refills from below zero. */
    void consumeReplicated(long calls) {
        tokens.consumeIgnoringRateLimits(calls);
    }

    /** @param consumed whether the call of this status was consumed */
    BucketStatus status(boolean consumed) {
        EstimationProbe probe = tokens.estimateAbilityToConsume(1);
        return status(probe.getRemainingTokens(), consumed ? 0 : probe.getNanosToWaitForRefill());
    }

    /** @param left may be below zero after calls that other nodes have allowed */
    private BucketStatus status(long left, long waitNanos) {
        RateLimit now = limit;
        Duration recovery = now.recovery(Math.max(0, now.burst() - left));
        return new BucketStatus(id.scope(), now, Math.max(0, left), Duration.ofNanos(waitNanos), recovery);
    }

    /** Counts a call for replication; returns whether this bucket has to be queued for it. */
    boolean markPending() {
        pending.incrementAndGet();
        return !queued.get() && queued.compareAndSet(false, true);
    }

    /** Undoes {@link #markPending}. A call that is already replicated is offset by the next ones. */
    void unmarkPending() {
        pending.decrementAndGet();
    }

    /** Notes that the queue was full: the next call queues this bucket again. */
    void dequeue() {
        queued.set(false);
    }

    ConsumptionUpdate nextUpdate() {
        queued.set(false);
        return new ConsumptionUpdate(id, pending.getAndUpdate(calls -> Math.min(calls, 0)), limit);
    }
}
