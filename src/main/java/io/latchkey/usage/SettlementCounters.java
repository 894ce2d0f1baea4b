package io.latchkey.usage;

import io.latchkey.model.UsageCount;
import io.latchkey.model.UsageKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How paid calls have ended, by slot, for about so many slots at most. Uses and credits are added and taken as one. */
final class SettlementCounters {

    private final Map<UsageKey, UsageCount> slots = new ConcurrentHashMap<>();
    private final int most;

    SettlementCounters(int most) {
        this.most = most;
    }

    /** @return false when there is no room for another slot */
    boolean add(UsageCount count) {
        if (slots.size() >= most && !slots.containsKey(count.slot())) {
            return false;
        }
        slots.merge(count.slot(), count, UsageCount::plus);
        return true;
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    List<UsageKey> slots() {
        return new ArrayList<>(slots.keySet());
    }

    Optional<UsageCount> take(UsageKey slot) {
        return Optional.ofNullable(slots.remove(slot));
    }
}
