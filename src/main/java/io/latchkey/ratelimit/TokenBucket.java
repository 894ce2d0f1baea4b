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

/** The calls that one limit still allows, as this node knows it, and those that it has not told the other nodes about. */
final class TokenBucket {

    private final BucketId id;
    private final Bucket tokens;
    private final AtomicLong untold = new AtomicLong();
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
    void adopt(RateLimit newest) {
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
    BucketStatus take() {
        ConsumptionProbe probe = tokens.tryConsumeAndReturnRemaining(1);
        // Whoever is refused has to wait, however shortly.
        long wait = probe.isConsumed() ? 0 : Math.max(1, probe.getNanosToWaitForRefill());
        return reading(probe.getRemainingTokens(), wait);
    }

    /** Undoes {@link #take}. */
    void giveBack() {
        tokens.addTokens(1);
    }

    /** Takes what was allowed elsewhere, left or not: then nobody is served until it has come back. */
    void takeAnyway(long calls) {
        tokens.consumeIgnoringRateLimits(calls);
    }

    /** @param taken whether the call it is read for has been taken */
    BucketStatus read(boolean taken) {
        EstimationProbe probe = tokens.estimateAbilityToConsume(1);
        return reading(probe.getRemainingTokens(), taken ? 0 : probe.getNanosToWaitForRefill());
    }

    /** @param left may be below zero after what other nodes have allowed */
    private BucketStatus reading(long left, long waitNanos) {
        RateLimit now = limit;
        Duration recovery = now.recovery(Math.max(0, now.burst() - left));
        return new BucketStatus(id.quota(), now, Math.max(0, left), Duration.ofNanos(waitNanos), recovery);
    }

    /** @return whether somebody has to be told that there is something to tell */
    boolean note() {
        untold.incrementAndGet();
        return !queued.get() && queued.compareAndSet(false, true);
    }

    /** Undoes {@link #note}. What has been told is made up for by the next calls. */
    void unnote() {
        untold.decrementAndGet();
    }

    /** Did not get a place in the queue: the next call tries again, for this one as well. */
    void leave() {
        queued.set(false);
    }

    ConsumptionUpdate news() {
        queued.set(false);
        return new ConsumptionUpdate(id, untold.getAndUpdate(calls -> Math.min(calls, 0)), limit);
    }

    RateLimit limit() {
        return limit;
    }
}
