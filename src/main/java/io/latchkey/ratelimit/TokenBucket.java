package io.latchkey.ratelimit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.local.LocalBucketBuilder;
import io.latchkey.policy.RateLimit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the calls that one limit still allows, and those not yet replicated to other nodes. */
final class TokenBucket {

    private final BucketId id;
    private final Bucket tokens;
    private final AtomicLong pending = new AtomicLong();
    private final AtomicBoolean queued = new AtomicBoolean();
    private volatile RateLimit limit;

    TokenBucket(BucketId id, RateLimit limit, TimeMeter time) {
        this.id = id;
        this.limit = limit;
        this.tokens = new LocalBucketBuilder()
                .addLimit(size -> size.capacity(limit.burst()).refillGreedy(limit.calls(), limit.window()))
                .withCustomTimePrecision(time)
                .build();
    }

    /** Goes by another limit from now on. Whoever had no calls left has none now. */
    void updateLimit(RateLimit newest) {
        if (!newest.equals(limit)) {
            synchronized (tokens) {
                tokens.replaceConfiguration(configuration(newest), TokensInheritanceStrategy.AS_IS);
                limit = newest;
            }
        }
    }

    private static BucketConfiguration configuration(RateLimit limit) {
        return BucketConfiguration.builder()
                .addLimit(size -> size.capacity(limit.burst()).refillGreedy(limit.calls(), limit.window()))
                .build();
    }

    /** Takes a call, if there is one left. */
    BucketStatus consume() {
        ConsumptionProbe probe = tokens.tryConsumeAndReturnRemaining(1);
        // Whoever is refused has to wait, however shortly.
        long wait = probe.isConsumed() ? 0 : Math.max(1, probe.getNanosToWaitForRefill());
        return status(probe.getRemainingTokens(), wait);
    }

    /** Undoes {@link #consume}. */
    void refund() {
        tokens.addTokens(1);
    }

    /** Takes what was allowed elsewhere, left or not: then nobody is served until it has come back. */
    void consumeReplicated(long calls) {
        tokens.consumeIgnoringRateLimits(calls);
    }

    /** @param taken whether the call it is read for has been taken */
    BucketStatus status(boolean taken) {
        EstimationProbe probe = tokens.estimateAbilityToConsume(1);
        return status(probe.getRemainingTokens(), taken ? 0 : probe.getNanosToWaitForRefill());
    }

    /** @param left may be below zero after what other nodes have allowed */
    private BucketStatus status(long left, long waitNanos) {
        RateLimit now = limit;
        Duration recovery = now.recovery(Math.max(0, now.burst() - left));
        return new BucketStatus(id.scope(), now, Math.max(0, left), Duration.ofNanos(waitNanos), recovery);
    }

    /** @return whether somebody has to be told that there is something to tell */
    boolean markPending() {
        pending.incrementAndGet();
        return !queued.get() && queued.compareAndSet(false, true);
    }

    /** Undoes {@link #markPending}. What has been told is made up for by the next calls. */
    void unmarkPending() {
        pending.decrementAndGet();
    }

    /** Did not get a place in the queue: the next call tries again, for this one as well. */
    void dequeue() {
        queued.set(false);
    }

    ConsumptionUpdate nextUpdate() {
        queued.set(false);
        return new ConsumptionUpdate(id, pending.getAndUpdate(calls -> Math.min(calls, 0)), limit);
    }

    RateLimit limit() {
        return limit;
    }
}
