package io.latchkey.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import io.github.bucket4j.TimeMeter;
import io.latchkey.key.KeyKind;
import io.latchkey.model.ApiKey;
import io.latchkey.policy.RateLimit;
import io.latchkey.policy.RateLimits;
import io.latchkey.ratelimit.RateLimitStatus.BucketStatus;
import io.latchkey.ratelimit.RateLimitStatus.LimitScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Allows or refuses calls with token buckets in the memory of this node. Updates from other nodes are taken from the same
 * buckets, so that all nodes together keep one limit, except for calls that are not replicated yet.
 */
public final class RateLimiter {

    /** Beyond so many, the least used buckets are evicted and start with a whole burst again. */
    private static final int MAX_BUCKETS = 100_000;

    private final TimeMeter time;
    private final Cache<TokenBucket.Id, TokenBucket> buckets;
    /** Buckets with calls to replicate, each once. */
    private final Queue<TokenBucket> pending;

    private volatile boolean replicating;

    public RateLimiter() {
        this(TimeMeter.SYSTEM_NANOTIME, MAX_BUCKETS);
    }

    RateLimiter(TimeMeter time, int maxPending) {
        this.time = time;
        this.pending = new LinkedBlockingQueue<>(maxPending);
        this.buckets = TokenBucket.cache(MAX_BUCKETS, time);
    }

    /** Consumes a call, if all limits allow it; otherwise consumes it from none. */
    public RateLimitStatus consume(RateLimits limits, ApiKey key) {
        return new Handle(limits, key).consume();
    }

    /** Returns what {@link #consume} would return, and consumes nothing. */
    public RateLimitStatus peek(RateLimits limits, ApiKey key) {
        return new RateLimitStatus(statuses(new Handle(limits, key).buckets(), 0));
    }

    /**
     * Undoes {@link #consume} for a call that was refused for another reason.
     *
     * @param before what {@code consume} returned
     * @return the status now
     */
    public RateLimitStatus refund(RateLimitStatus before, ApiKey key) {
        List<TokenBucket> refunded = handle(before, key).refund();
        return new RateLimitStatus(statuses(refunded, refunded.size()));
    }

    /** Creates a handle for further calls like one that was allowed. */
    public Handle handle(RateLimitStatus before, ApiKey key) {
        return new Handle(before.limits(), key);
    }

    /** Counts further calls against the limits of an earlier one. References no key. */
    public final class Handle {

        private final RateLimits limits;
        private final String family;
        private final String owner;

        private Handle(RateLimits limits, ApiKey key) {
            this.limits = limits;
            this.family = key.family();
            // A visitor of a web page with a publishable key cannot use up the limit of the owner's secret keys.
            this.owner = (key.prefix().kind() == KeyKind.PUBLISHABLE ? "publishable " : "")
                    + key.owner().id();
        }

        public RateLimitStatus consume() {
            List<TokenBucket> affected = buckets();
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

        /** Undoes {@link #consume}. */
        public List<TokenBucket> refund() {
            List<TokenBucket> affected = buckets();
            affected.forEach(TokenBucket::refund);
            if (replicating) {
                affected.forEach(TokenBucket::unmarkPending);
            }
            return affected;
        }

        private List<TokenBucket> buckets() {
            List<TokenBucket> affected = new ArrayList<>(2);
            limits.key().ifPresent(limit -> affected.add(bucket(LimitScope.KEY, family, limit)));
            limits.owner().ifPresent(limit -> affected.add(bucket(LimitScope.OWNER, owner, limit)));
            return affected;
        }
    }

    /** @param allowed how many of the buckets allowed the call before one refused it */
    private static RateLimitStatus refused(List<TokenBucket> affected, BucketStatus refusal, int allowed) {
        affected.subList(0, allowed).forEach(TokenBucket::refund);
        List<BucketStatus> statuses = statuses(affected, allowed);
        statuses.set(allowed, refusal);
        return new RateLimitStatus(statuses);
    }

    /** @param allowed how many of the buckets allowed the call */
    private static List<BucketStatus> statuses(List<TokenBucket> affected, int allowed) {
        List<BucketStatus> statuses = new ArrayList<>(affected.size());
        for (int i = 0; i < affected.size(); i++) {
            statuses.add(affected.get(i).status(i < allowed));
        }
        return statuses;
    }

    private TokenBucket bucket(LimitScope scope, String subject, RateLimit limit) {
        TokenBucket bucket =
                buckets.get(new TokenBucket.Id(scope, subject), missing -> new TokenBucket(missing, limit, time));
        bucket.updateLimit(limit);
        return bucket;
    }

    /** @param others whether other nodes exist */
    void setReplicating(boolean others) {
        replicating = others;
    }

    /** Returns at most so many updates that were not replicated yet. */
    List<ConsumptionUpdate> drainUpdates(int max) {
        List<ConsumptionUpdate> updates = new ArrayList<>();
        TokenBucket next;
        while (updates.size() < max && (next = pending.poll()) != null) {
            ConsumptionUpdate latest = next.nextUpdate();
            if (latest.calls() > 0) {
                updates.add(latest);
            }
        }
        return updates;
    }

    /** Consumes the calls that another node has allowed. */
    public void receive(String message) {
        ConsumptionUpdate.parse(message)
                .forEach(update -> buckets.get(update.id(), missing -> new TokenBucket(missing, update.limit(), time))
                        .consumeReplicated(update.calls()));
    }
}
