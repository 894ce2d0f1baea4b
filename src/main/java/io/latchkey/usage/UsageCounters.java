package io.latchkey.usage;

import io.latchkey.model.UsageCount;
import io.latchkey.model.UsageKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Counts uses by usage key, for a bounded number of usage keys. */
final class UsageCounters {

    private final Map<UsageKey, UsageCounter> usageKeys = new ConcurrentHashMap<>();
    private final int most;

    UsageCounters(int most) {
        this.most = most;
    }

    /** @return false when there is no room for another usageKey */
    boolean add(UsageKey usageKey, long uses, Instant at, Optional<String> address) {
        UsageCounter usageCounter;
        do {
            usageCounter = usageKeys.get(usageKey);
            if (usageCounter == null) {
                if (usageKeys.size() >= most) {
                    return false;
                }
                usageCounter = usageKeys.computeIfAbsent(usageKey, fresh -> new UsageCounter());
            }
        } while (!usageCounter.add(uses, at, address));
        return true;
    }

    boolean add(UsageCount count) {
        return add(count.usageKey(), count.uses(), count.last(), count.address());
    }

    boolean isEmpty() {
        return usageKeys.isEmpty();
    }

    List<UsageKey> usageKeys() {
        return new ArrayList<>(usageKeys.keySet());
    }

    /** Each use is taken exactly once, even while others are added. */
    Optional<UsageCount> take(UsageKey usageKey) {
        // Out of the map first: who comes too late for this tally finds room for another.
        return Optional.ofNullable(usageKeys.remove(usageKey)).flatMap(usageCounter -> usageCounter.take(usageKey));
    }
}
