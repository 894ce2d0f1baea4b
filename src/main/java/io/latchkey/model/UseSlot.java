package io.latchkey.model;

import io.latchkey.key.KeyId;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/**
 * What uses are counted by.
 *
 * @param hour in hours since 1970, UTC
 * @param outcome {@link #ACCEPTED}, or the word that error events give as the reason
 */
public record UseSlot(KeyId key, long hour, String outcome) implements Comparable<UseSlot> {

    public static final String ACCEPTED = "accepted";

    private static final Comparator<UseSlot> ORDER = Comparator.comparing(
                    (UseSlot slot) -> slot.key().value())
            .thenComparing(UseSlot::hour)
            .thenComparing(UseSlot::outcome);

    public static UseSlot at(KeyId key, Instant moment, String outcome) {
        return new UseSlot(key, Math.floorDiv(moment.getEpochSecond(), TimeUnit.HOURS.toSeconds(1)), outcome);
    }

    public boolean isAccepted() {
        return outcome.equals(ACCEPTED);
    }

    public Instant start() {
        return Instant.ofEpochSecond(TimeUnit.HOURS.toSeconds(hour));
    }

    @Override
    public int compareTo(UseSlot other) {
        return ORDER.compare(this, other);
    }
}
