package io.latchkey.usage;

import io.latchkey.model.UsageCount;
import io.latchkey.model.UsageCounterId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Counts uses by usage key, for a bounded number of usage keys. */
final class UsageCounters {

    private final Map<UsageCounterId, UsageCounter> usageKeys = new ConcurrentHashMap<>();
    private final int most;

    UsageCounters(int most) {
        this.most = most;
    }

    /** @return false when there is no room for another usageKey */
    boolean add(UsageCounterId usageCounterId, long uses, Instant at, Optional<String> address) {
        UsageCounter usageCounter;
        do {
            usageCounter = usageKeys.get(usageCounterId);
            if (usageCounter == null) {
                if (usageKeys.size() >= most) {
                    return false;
                }
                usageCounter = usageKeys.computeIfAbsent(usageCounterId, fresh -> new UsageCounter());
            }
        } while (!usageCounter.add(uses, at, address));
        return true;
    }

    boolean add(UsageCount count) {
        return add(count.usageCounterId(), count.uses(), count.last(), count.address());
    }

    boolean isEmpty() {
        return usageKeys.isEmpty();
    }

    List<UsageCounterId> usageKeys() {
        return new ArrayList<>(usageKeys.keySet());
    }

    /** Each use is taken exactly once, even while others are added. */
    Optional<UsageCount> take(UsageCounterId usageCounterId) {
        // Out of the map first: who comes too late for this tally finds room for another.
        return Optional.ofNullable(usageKeys.remove(usageCounterId))
                .flatMap(usageCounter -> usageCounter.take(usageCounterId));
    }
}
