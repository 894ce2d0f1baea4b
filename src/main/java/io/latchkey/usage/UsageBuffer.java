package io.latchkey.usage;

import io.latchkey.key.KeyId;
import io.latchkey.model.Credits;
import io.latchkey.model.SettlementOutcome;
import io.latchkey.model.UsageCount;
import io.latchkey.model.UsageCounterId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Buffers the uses of keys on this node until a timer writes them. Requests touch memory only, without a lock. A crash
 * loses at most one interval, a stop loses none.
 */
public final class UsageBuffer {

    private static final Logger LOG = Logger.getLogger(UsageBuffer.class);

    /** Slots written at once: few enough that nobody waits long for the rows of one transaction. */
    static final int BATCH = 100;

    /** Batches that fail before the rest waits for the next time: the database is then likely to be out of reach. */
    private static final int PATIENCE = 3;

    private static final int ACCEPTED_SLOTS = 200_000;

    /** Apart from accepted uses, so that whoever knows ids of keys cannot crowd those out. */
    private static final int REJECTED_SLOTS = 20_000;

    private final UsageCounters accepted;
    private final UsageCounters rejected;
    private final SettlementCounters settled;
    private final LongAdder dropped = new LongAdder();

    public UsageBuffer() {
        this(ACCEPTED_SLOTS, REJECTED_SLOTS);
    }

    UsageBuffer(int acceptedSlots, int rejectedSlots) {
        accepted = new UsageCounters(acceptedSlots);
        rejected = new UsageCounters(rejectedSlots);
        settled = new SettlementCounters(acceptedSlots);
    }

    /** @param api id of the client that stands for it, or {@link UsageCounterId#NO_API} */
    public void accepted(KeyId key, String api, Instant at, Optional<String> address) {
        if (!accepted.add(UsageCounterId.at(key, api, at, UsageCounterId.ACCEPTED), 1, at, address)) {
            dropped.increment();
        }
    }

    /** @param reason the word that error events use */
    public void rejected(KeyId key, String api, Instant at, String reason) {
        if (!rejected.add(UsageCounterId.at(key, api, at, reason), 1, at, Optional.empty())) {
            dropped.increment();
        }
    }

    /**
     * Counts how a paid call has settled, and what it cost.
     *
     * @param at when the call was made
     */
    public void settled(KeyId key, String api, Instant at, SettlementOutcome outcome, Credits charged) {
        UsageCounterId usageCounterId = UsageCounterId.at(key, api, at, outcome.label());
        if (!settled.add(new UsageCount(usageCounterId, 1, charged, at, Optional.empty()))) {
            dropped.increment();
        }
    }

    public boolean isEmpty() {
        return accepted.isEmpty() && rejected.isEmpty() && settled.isEmpty();
    }

    /**
     * Writes what has gathered, a batch at a time and in one order on every node. One at a time: who stops the node waits for
     * the timer.
     *
     * @param writer writes a batch and returns what has to wait
     * @throws RuntimeException the first failure; what could not be written is kept
     */
    public synchronized void flush(UnaryOperator<List<UsageCount>> writer) {
        List<UsageCounterId> usageKeys = Stream.of(accepted.usageKeys(), rejected.usageKeys(), settled.usageKeys())
                .flatMap(List::stream)
                .sorted()
                .toList();
        List<RuntimeException> failures = new ArrayList<>();
        for (int from = 0; from < usageKeys.size() && failures.size() < PATIENCE; from += BATCH) {
            List<UsageCount> batch = take(usageKeys.subList(from, Math.min(from + BATCH, usageKeys.size())));
            try {
                writer.apply(batch).forEach(this::keep);
            } catch (RuntimeException failed) {
                batch.forEach(this::keep);
                failures.add(failed);
            }
        }
        reportDropped();
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    private List<UsageCount> take(List<UsageCounterId> usageKeys) {
        return usageKeys.stream()
                .flatMap(usageCounterId -> take(usageCounterId).stream())
                .toList();
    }

    private Optional<UsageCount> take(UsageCounterId usageCounterId) {
        return usageCounterId.isEnding()
                ? settled.take(usageCounterId)
                : usageCounters(usageCounterId).take(usageCounterId);
    }

    private void keep(UsageCount count) {
        if (!(count.usageCounterId().isEnding()
                ? settled.add(count)
                : usageCounters(count.usageCounterId()).add(count))) {
            dropped.add(count.uses());
        }
    }

    private UsageCounters usageCounters(UsageCounterId usageCounterId) {
        return usageCounterId.isAccepted() ? accepted : rejected;
    }

    private void reportDropped() {
        long uses = dropped.sumThenReset();
        if (uses > 0) {
            LOG.warnf(
                    "%d uses of API keys were not counted: too many keys between two flushes, or none succeeds", uses);
        }
    }
}
