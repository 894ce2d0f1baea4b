package io.latchkey.usage;

import io.latchkey.model.UsageCount;
import io.latchkey.model.UsageCounterId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts settled calls and their credits by usage key, for a bounded number of usage keys. A count and its credits are
 * added and removed together.
 */
final class SettlementCounters {

    private final Map<UsageCounterId, UsageCount> usageKeys = new ConcurrentHashMap<>();
    private final int most;

    SettlementCounters(int most) {
        this.most = most;
    }

    /** @return false when there is no room for another usageKey */
    boolean add(UsageCount count) {
        if (usageKeys.size() >= most && !usageKeys.containsKey(count.usageCounterId())) {
            return false;
        }
        usageKeys.merge(count.usageCounterId(), count, UsageCount::plus);
        return true;
    }

    boolean isEmpty() {
        return usageKeys.isEmpty();
    }

    List<UsageCounterId> usageKeys() {
        return new ArrayList<>(usageKeys.keySet());
    }

    Optional<UsageCount> take(UsageCounterId usageCounterId) {
        return Optional.ofNullable(usageKeys.remove(usageCounterId));
    }
}
