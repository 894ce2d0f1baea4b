package io.latchkey.usage;

import io.latchkey.key.KeyId;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.PendingUsageCount;
import io.latchkey.model.ReservationState;
import io.latchkey.model.UsageCounterId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Buffers the uses of keys on this node until a timer writes them. Requests touch memory only. A crash
 * loses at most one interval, a stop loses none.
 */
public final class UsageBuffer {

    private static final Logger LOG = Logger.getLogger(UsageBuffer.class);

    /** Few enough that no other transaction waits long for the rows of one batch. */
    static final int BATCH = 100;

    /** After so many failed batches the database is probably down, and the rest waits for the next flush. */
    private static final int MAX_FAILURES = 3;

    private static final int MAX_ACCEPTED = 200_000;

    /** Apart from accepted uses, so that a caller who knows ids of keys cannot crowd those out. */
    private static final int MAX_REJECTED = 20_000;

    private final Counters accepted;
    private final Counters rejected;
    private final Counters settled;
    private final LongAdder dropped = new LongAdder();

    public UsageBuffer() {
        this(MAX_ACCEPTED, MAX_REJECTED);
    }

    UsageBuffer(int maxAccepted, int maxRejected) {
        accepted = new Counters(new ConcurrentHashMap<>(), maxAccepted);
        rejected = new Counters(new ConcurrentHashMap<>(), maxRejected);
        settled = new Counters(new ConcurrentHashMap<>(), maxAccepted);
    }

    /** @param api id of the client that stands for it, or {@link UsageCounterId#NO_API} */
    public void accepted(KeyId key, String api, Instant at, Optional<String> address) {
        add(new PendingUsageCount(
                UsageCounterId.at(key, api, at, UsageCounterId.ACCEPTED), 1, CreditAmount.ZERO, at, address));
    }

    /** @param reason as in error events */
    public void rejected(KeyId key, String api, Instant at, String reason) {
        add(new PendingUsageCount(UsageCounterId.at(key, api, at, reason), 1, CreditAmount.ZERO, at, Optional.empty()));
    }

    /**
     * Counts a settled call and its credits.
     *
     * @param at when the call was made
     */
    public void settled(KeyId key, String api, Instant at, ReservationState outcome, CreditAmount charged) {
        add(new PendingUsageCount(UsageCounterId.at(key, api, at, outcome.label()), 1, charged, at, Optional.empty()));
    }

    public boolean isEmpty() {
        return accepted.isEmpty() && rejected.isEmpty() && settled.isEmpty();
    }

    /**
     * Writes all counts, a batch at a time and in the same order on every node. Synchronized, because a stopping node
     * flushes while the timer may do so.
     *
     * @param writer writes a batch and returns what has to wait
     * @throws RuntimeException the first failure; what could not be written is kept
     */
    public synchronized void flush(UnaryOperator<List<PendingUsageCount>> writer) {
        List<UsageCounterId> ids = Stream.of(accepted, rejected, settled)
                .flatMap(counters -> counters.counts().keySet().stream())
                .sorted()
                .toList();
        List<RuntimeException> failures = new ArrayList<>();
        for (int from = 0; from < ids.size() && failures.size() < MAX_FAILURES; from += BATCH) {
            List<PendingUsageCount> batch = ids.subList(from, Math.min(from + BATCH, ids.size())).stream()
                    .flatMap(id -> Stream.ofNullable(counters(id).counts().remove(id)))
                    .toList();
            try {
                writer.apply(batch).forEach(this::add);
            } catch (RuntimeException failed) {
                batch.forEach(this::add);
                failures.add(failed);
            }
        }
        long uses = dropped.sumThenReset();
        if (uses > 0) {
            LOG.warnf(
                    "%d uses of API keys were not counted: too many keys between two flushes, or none succeeds", uses);
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    private void add(PendingUsageCount count) {
        if (!counters(count.usageCounterId()).add(count)) {
            dropped.add(count.uses());
        }
    }

    private Counters counters(UsageCounterId id) {
        if (id.isAccepted()) {
            return accepted;
        }
        return id.isEnding() ? settled : rejected;
    }

    /** Counts for a bounded number of ids. */
    private record Counters(Map<UsageCounterId, PendingUsageCount> counts, int max) {

        /** Returns false if there are too many ids. */
        boolean add(PendingUsageCount count) {
            if (counts.size() >= max && !counts.containsKey(count.usageCounterId())) {
                return false;
            }
            counts.merge(count.usageCounterId(), count, PendingUsageCount::plus);
            return true;
        }

        boolean isEmpty() {
            return counts.isEmpty();
        }
    }
}
