package io.latchkey.credits.ledger;

import io.latchkey.model.RefillInterval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Defines when an allowance can be spent: on a calendar day, in a calendar month, or at any time.
 *
 * @param label {@code 2026-11-21}, {@code 2026-11} or {@code none}: independent of the time zone, so that a change of the zone
 *     begins no new period
 * @param end first moment after it; empty if it never ends
 */
public record CreditPeriod(String label, Optional<Instant> end) {

    public static final CreditPeriod ALL_TIME = new CreditPeriod(RefillInterval.NONE.label(), Optional.empty());

    /** The period that contains a moment. */
    public static CreditPeriod of(RefillInterval refillInterval, ZoneId zone, Instant moment) {
        LocalDate day = LocalDate.ofInstant(moment, zone);
        return switch (refillInterval) {
            case DAY -> new CreditPeriod(day.toString(), start(day.plusDays(1), zone));
            case MONTH ->
                new CreditPeriod(
                        YearMonth.from(day).toString(), start(day.plusMonths(1).withDayOfMonth(1), zone));
            case NONE -> ALL_TIME;
        };
    }

    private static Optional<Instant> start(LocalDate day, ZoneId zone) {
        return Optional.of(day.atStartOfDay(zone).toInstant());
    }

    public boolean isOverAt(Instant moment) {
        return end.filter(over -> !moment.isBefore(over)).isPresent();
    }
}
