package io.latchkey.credits;

import io.latchkey.credits.ChargeResult.Standing;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.CreditPeriod;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What an account spends from in one period.
 *
 * @param zone whose days and months count
 */
record PeriodLease(Lease lease, CreditPeriod period, Allowance allowance, ZoneId zone) {

    CreditAccount account() {
        return lease.account();
    }

    boolean endsBefore(Instant moment) {
        return period.isOverAt(moment);
    }

    /** Of a period that has an end. */
    PeriodLease next(PeriodPrefetch.Opening opening) {
        CreditPeriod next = nextPeriod();
        return new PeriodLease(opening.open(account(), next, period.end().orElseThrow()), next, allowance, zone);
    }

    CreditPeriod nextPeriod() {
        return CreditPeriod.of(allowance.refill(), zone, period.end().orElseThrow());
    }

    boolean isFor(Allowance now, ZoneId there, Instant moment) {
        return zone.equals(there) && isFor(now, moment);
    }

    boolean isFor(Allowance now, Instant moment) {
        return allowance.equals(now) && !period.isOverAt(moment) && !lease.isClosed();
    }

    /** Empty where there is not enough in it. */
    Optional<ChargeResult> pay(ChargeRequest chargeRequest, Instant now, Duration life) {
        return lease.pay(chargeRequest, now, life, period.end());
    }

    Standing standing() {
        return lease.standing(period.end());
    }
}
