package io.latchkey.usage;

import io.latchkey.model.UsageCount;
import io.latchkey.model.UsageKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Uses by slot, for about so many slots at most. */
final class UsageCounters {

    private final Map<UsageKey, UsageCounter> slots = new ConcurrentHashMap<>();
    private final int most;

    UsageCounters(int most) {
        this.most = most;
    }

    /** @return false when there is no room for another slot */
    boolean add(UsageKey slot, long uses, Instant at, Optional<String> address) {
        UsageCounter usageCounter;
        do {
            usageCounter = slots.get(slot);
            if (usageCounter == null) {
                if (slots.size() >= most) {
                    return false;
                }
                usageCounter = slots.computeIfAbsent(slot, fresh -> new UsageCounter());
            }
        } while (!usageCounter.add(uses, at, address));
        return true;
    }

    boolean add(UsageCount count) {
        return add(count.slot(), count.uses(), count.last(), count.address());
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    List<UsageKey> slots() {
        return new ArrayList<>(slots.keySet());
    }

    /** Each use is taken exactly once, even while others are added. */
    Optional<UsageCount> take(UsageKey slot) {
        // Out of the map first: who comes too late for this tally finds room for another.
        return Optional.ofNullable(slots.remove(slot)).flatMap(usageCounter -> usageCounter.take(slot));
    }
}
