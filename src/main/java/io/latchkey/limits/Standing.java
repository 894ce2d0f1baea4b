package io.latchkey.limits;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * How one call stands with the limits that apply to it.
 *
 * @param readings one for each of them; none where nothing is limited
 */
public record Standing(List<Reading> readings) {

    public static final Standing UNLIMITED = new Standing(List.of());

    public Standing {
        readings = List.copyOf(readings);
    }

    /** Whether no limit applies. */
    public boolean isUnlimited() {
        return readings.isEmpty();
    }

    public boolean isAllowed() {
        return isUnlimited() || readings.stream().allMatch(Reading::isAllowed);
    }

    /** How long to wait until every limit allows a call; zero where it did. */
    public Duration retryAfter() {
        return readings.stream()
                .map(Reading::delay)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
