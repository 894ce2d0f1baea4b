package io.latchkey.model;

import io.latchkey.key.KeyId;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/**
 * Identifies an hourly usage counter: key, hour, API and outcome.
 *
 * @param hour in hours since 1970, UTC
 * @param api id of the client that stands for the API the key was used at; {@link #NO_API} if the request named none
 * @param outcome {@link #ACCEPTED}, how a paid call has ended, or the word that error events give as the reason
 */
public record UsageCounterId(KeyId key, long hour, String api, String outcome) implements Comparable<UsageCounterId> {

    public static final String ACCEPTED = "accepted";
    public static final String NO_API = "";

    private static final Comparator<UsageCounterId> ORDER = Comparator.comparing(
                    (UsageCounterId slot) -> slot.key().value())
            .thenComparing(UsageCounterId::hour)
            .thenComparing(UsageCounterId::api)
            .thenComparing(UsageCounterId::outcome);

    public static UsageCounterId at(KeyId key, String api, Instant moment, String outcome) {
        return new UsageCounterId(
                key, Math.floorDiv(moment.getEpochSecond(), TimeUnit.HOURS.toSeconds(1)), api, outcome);
    }

    public boolean isAccepted() {
        return outcome.equals(ACCEPTED);
    }

    /** Whether it says how a paid call has ended, which was counted as accepted before. */
    public boolean isEnding() {
        return ReservationState.ofLabel(outcome).isPresent();
    }

    public Instant start() {
        return Instant.ofEpochSecond(TimeUnit.HOURS.toSeconds(hour));
    }

    @Override
    public int compareTo(UsageCounterId other) {
        return ORDER.compare(this, other);
    }
}
