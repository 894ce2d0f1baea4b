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
 * Allows calls on this node, at once and without asking anybody. What other nodes allowed is taken from the same buckets as
 * soon as it is heard of, so all of them keep to one limit but for what they have not told each other yet.
 */
public final class RateLimiter {

    // Some 600 bytes each. Beyond them those that are used least are forgotten, and begin with a whole burst again.
    private static final int MOST_BUCKETS = 100_000;

    private final TimeMeter time;
    private final Cache<BucketId, TokenBucket> buckets;
    /** Each is there once. More than are remembered need not wait: most of them would be forgotten before their turn. */
    private final Queue<TokenBucket> untold;

    private volatile boolean shared;

    public RateLimiter() {
        this(TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimiter(TimeMeter time) {
        this(time, MOST_BUCKETS);
    }

    /** @param most how many buckets may wait until they are told */
    RateLimiter(TimeMeter time, int most) {
        this.time = time;
        this.untold = new LinkedBlockingQueue<>(most);
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_BUCKETS)
                .ticker(time::currentTimeNanos)
                .expireAfter(new ExpireWhenRefilled())
                .executor(Runnable::run)
                .build();
    }

    /** Counts a call, if all limits allow it; if not, it is taken from none. */
    public RateLimitStatus take(RateLimits limits, ApiKey key) {
        return take(buckets(limits, RateLimitSubject.of(key)));
    }

    RateLimitStatus take(List<TokenBucket> asked) {
        List<BucketStatus> readings = new ArrayList<>(asked.size());
        for (TokenBucket bucket : asked) {
            BucketStatus reading = bucket.take();
            if (!reading.isAllowed()) {
                return refused(asked, reading, readings.size());
            }
            readings.add(reading);
        }
        if (shared) {
            asked.stream()
                    .filter(TokenBucket::note)
                    .filter(bucket -> !untold.offer(bucket))
                    .forEach(TokenBucket::leave);
        }
        return new RateLimitStatus(readings);
    }

    /** @param allowed how many of them had allowed the call before one did not */
    private static RateLimitStatus refused(List<TokenBucket> asked, BucketStatus refusal, int allowed) {
        asked.subList(0, allowed).forEach(TokenBucket::giveBack);
        List<BucketStatus> readings = readings(asked, allowed);
        readings.set(allowed, refusal);
        return new RateLimitStatus(readings);
    }

    /**
     * Undoes {@link #take} for a call that was refused by others.
     *
     * @param before what it said
     * @return how the key stands now
     */
    public RateLimitStatus giveBack(RateLimitStatus before, ApiKey key) {
        List<TokenBucket> asked = buckets(before.limits(), RateLimitSubject.of(key));
        giveBack(asked);
        return new RateLimitStatus(readings(asked, asked.size()));
    }

    void giveBack(List<TokenBucket> asked) {
        asked.forEach(TokenBucket::giveBack);
        if (shared) {
            asked.forEach(TokenBucket::unnote);
        }
    }

    /** For more calls that are like one that was allowed. */
    public RateLimitHandle again(RateLimitStatus before, ApiKey key) {
        return new RateLimitHandle(this, buckets(before.limits(), RateLimitSubject.of(key)));
    }

    /** What {@link #take} would say. Counts nothing. */
    public RateLimitStatus look(RateLimits limits, ApiKey key) {
        return new RateLimitStatus(readings(buckets(limits, RateLimitSubject.of(key)), 0));
    }

    /** @param allowed how many of them need not be asked whether they allow the call */
    private static List<BucketStatus> readings(List<TokenBucket> asked, int allowed) {
        List<BucketStatus> readings = new ArrayList<>(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            readings.add(asked.get(i).read(i < allowed));
        }
        return readings;
    }

    private List<TokenBucket> buckets(RateLimits limits, RateLimitSubject caller) {
        List<TokenBucket> asked = new ArrayList<>(2);
        limits.key().ifPresent(limit -> asked.add(bucket(new BucketId(LimitScope.KEY, caller.family()), limit)));
        limits.owner().ifPresent(limit -> asked.add(bucket(new BucketId(LimitScope.OWNER, caller.owner()), limit)));
        return asked;
    }

    private TokenBucket bucket(BucketId id, RateLimit limit) {
        TokenBucket bucket = buckets.get(id, missing -> new TokenBucket(missing, limit, time));
        bucket.adopt(limit);
        return bucket;
    }

    /** Whether there are other nodes to be told of what is allowed here. */
    void share(boolean others) {
        shared = others;
    }

    /** What this node has allowed and not said yet. What is beyond that number waits for the next time. */
    List<ConsumptionUpdate> untold(int most) {
        List<ConsumptionUpdate> news = new ArrayList<>();
        TokenBucket next;
        while (news.size() < most && (next = untold.poll()) != null) {
            ConsumptionUpdate latest = next.news();
            if (latest.calls() > 0) {
                news.add(latest);
            }
        }
        return news;
    }

    /** Takes what another node has allowed. */
    public void hear(String text) {
        ConsumptionUpdate.parse(text)
                .forEach(news -> buckets.get(news.id(), missing -> new TokenBucket(missing, news.limit(), time))
                        .takeAnyway(news.calls()));
    }
}
