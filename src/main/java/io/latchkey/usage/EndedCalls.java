package io.latchkey.usage;

import io.latchkey.model.UseCount;
import io.latchkey.model.UseSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How paid calls have ended, by slot, for about so many slots at most. Uses and credits are added and taken as one. */
final class EndedCalls {

    private final Map<UseSlot, UseCount> slots = new ConcurrentHashMap<>();
    private final int most;

    EndedCalls(int most) {
        this.most = most;
    }

    /** @return false when there is no room for another slot */
    boolean add(UseCount count) {
        if (slots.size() >= most && !slots.containsKey(count.slot())) {
            return false;
        }
        slots.merge(count.slot(), count, UseCount::plus);
        return true;
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    List<UseSlot> slots() {
        return new ArrayList<>(slots.keySet());
    }

    Optional<UseCount> take(UseSlot slot) {
        return Optional.ofNullable(slots.remove(slot));
    }
}
