package io.latchkey.usage;

import io.latchkey.model.Credits;
import io.latchkey.model.UsageCount;
import io.latchkey.model.UsageCounterId;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Counts uses without locks. After {@code take} it is closed, and callers add to a new counter. */
final class UsageCounter {

    /** So far below zero that no number of late comers makes it look open. */
    private static final long TAKEN = Long.MIN_VALUE;

    private final AtomicLong uses = new AtomicLong();
    private final AtomicReference<Seen> last = new AtomicReference<>();

    /** @return false when it was taken before */
    boolean add(long more, Instant at, Optional<String> address) {
        // Before it counts, so that whoever takes the count finds the time of each use in it.
        see(at, address);
        return uses.getAndAdd(more) >= 0;
    }

    private void see(Instant at, Optional<String> address) {
        Seen before = last.get();
        while (before == null || at.isAfter(before.at())) {
            if (last.compareAndSet(before, new Seen(at, address))) {
                return;
            }
            before = last.get();
        }
    }

    /** Empty when nobody got as far as counting. */
    Optional<UsageCount> take(UsageCounterId usageCounterId) {
        long taken = uses.getAndSet(TAKEN);
        Seen seen = last.get();
        return taken > 0
                ? Optional.of(new UsageCount(usageCounterId, taken, Credits.ZERO, seen.at(), seen.address()))
                : Optional.empty();
    }

    private record Seen(Instant at, Optional<String> address) {}
}
