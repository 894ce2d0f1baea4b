package io.latchkey.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.TimeMeter;
import io.latchkey.model.ApiKey;
import io.latchkey.policy.RateLimit;
import io.latchkey.policy.RateLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Allows or refuses calls with token buckets in the memory of this node. Updates from other nodes are taken from the same
 * buckets, so that all nodes together keep one limit, except for calls that are not replicated yet.
 */
public final class RateLimiter {

    // Some 600 bytes each. Beyond them those that are used least are forgotten, and begin with a whole burst again.
    private static final int MOST_BUCKETS = 100_000;

    private final TimeMeter time;
    private final Cache<BucketId, TokenBucket> buckets;
    /** Each is there once. More than are remembered need not wait: most of them would be forgotten before their turn. */
    private final Queue<TokenBucket> pending;

    private volatile boolean replicating;

    public RateLimiter() {
        this(TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimiter(TimeMeter time) {
        this(time, MOST_BUCKETS);
    }

    /** @param most how many buckets may wait until they are told */
    RateLimiter(TimeMeter time, int most) {
        this.time = time;
        this.pending = new LinkedBlockingQueue<>(most);
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_BUCKETS)
                .ticker(time::currentTimeNanos)
                .expireAfter(new ExpireWhenRefilled())
                .executor(Runnable::run)
                .build();
    }

    /** Counts a call, if all limits allow it; if not, it is taken from none. */
    public RateLimitStatus consume(RateLimits limits, ApiKey key) {
        return consume(buckets(limits, RateLimitSubject.of(key)));
    }

    RateLimitStatus consume(List<TokenBucket> affected) {
        List<BucketStatus> statuses = new ArrayList<>(affected.size());
        for (TokenBucket bucket : affected) {
            BucketStatus status = bucket.consume();
            if (!status.isAllowed()) {
                return refused(affected, status, statuses.size());
            }
            statuses.add(status);
        }
        if (replicating) {
            affected.stream()
                    .filter(TokenBucket::markPending)
                    .filter(bucket -> !pending.offer(bucket))
                    .forEach(TokenBucket::dequeue);
        }
        return new RateLimitStatus(statuses);
    }

    /** @param allowed how many of them had allowed the call before one did not */
    private static RateLimitStatus refused(List<TokenBucket> affected, BucketStatus refusal, int allowed) {
        affected.subList(0, allowed).forEach(TokenBucket::refund);
        List<BucketStatus> statuses = statuses(affected, allowed);
        statuses.set(allowed, refusal);
        return new RateLimitStatus(statuses);
    }

    /**
     * Undoes {@link #consume} for a call that was refused by others.
     *
     * @param before what it said
     * @return how the key stands now
     */
    public RateLimitStatus refund(RateLimitStatus before, ApiKey key) {
        List<TokenBucket> affected = buckets(before.limits(), RateLimitSubject.of(key));
        refund(affected);
        return new RateLimitStatus(statuses(affected, affected.size()));
    }

    void refund(List<TokenBucket> affected) {
        affected.forEach(TokenBucket::refund);
        if (replicating) {
            affected.forEach(TokenBucket::unmarkPending);
        }
    }

    /** For more calls that are like one that was allowed. */
    public RateLimitHandle handle(RateLimitStatus before, ApiKey key) {
        return new RateLimitHandle(this, buckets(before.limits(), RateLimitSubject.of(key)));
    }

    /** What {@link #consume} would say. Counts nothing. */
    public RateLimitStatus peek(RateLimits limits, ApiKey key) {
        return new RateLimitStatus(statuses(buckets(limits, RateLimitSubject.of(key)), 0));
    }

    /** @param allowed how many of them need not be affected whether they allow the call */
    private static List<BucketStatus> statuses(List<TokenBucket> affected, int allowed) {
        List<BucketStatus> statuses = new ArrayList<>(affected.size());
        for (int i = 0; i < affected.size(); i++) {
            statuses.add(affected.get(i).status(i < allowed));
        }
        return statuses;
    }

    private List<TokenBucket> buckets(RateLimits limits, RateLimitSubject caller) {
        List<TokenBucket> affected = new ArrayList<>(2);
        limits.key().ifPresent(limit -> affected.add(bucket(new BucketId(LimitScope.KEY, caller.family()), limit)));
        limits.owner().ifPresent(limit -> affected.add(bucket(new BucketId(LimitScope.OWNER, caller.owner()), limit)));
        return affected;
    }

    private TokenBucket bucket(BucketId id, RateLimit limit) {
        TokenBucket bucket = buckets.get(id, missing -> new TokenBucket(missing, limit, time));
        bucket.updateLimit(limit);
        return bucket;
    }

    /** Whether there are other nodes to be told of what is allowed here. */
    void setReplicating(boolean others) {
        replicating = others;
    }

    /** What this node has allowed and not said yet. What is beyond that number waits for the next time. */
    List<ConsumptionUpdate> drainUpdates(int most) {
        List<ConsumptionUpdate> updates = new ArrayList<>();
        TokenBucket next;
        while (updates.size() < most && (next = pending.poll()) != null) {
            ConsumptionUpdate latest = next.nextUpdate();
            if (latest.calls() > 0) {
                updates.add(latest);
            }
        }
        return updates;
    }

    /** Takes what another node has allowed. */
    public void receive(String text) {
        ConsumptionUpdate.parse(text)
                .forEach(updates -> buckets.get(
                                updates.id(), missing -> new TokenBucket(missing, updates.limit(), time))
                        .consumeReplicated(updates.calls()));
    }
}
