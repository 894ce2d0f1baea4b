package io.latchkey.credits.lease;

import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.ChargeResult.AllowanceStatus;
import io.latchkey.credits.ledger.CreditPeriod;
import io.latchkey.model.Allowance;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Binds a lease to the period and allowance that it was opened for.
 *
 * @param zone time zone whose days and months begin the periods
 */
record PeriodLease(Lease lease, CreditPeriod period, Allowance allowance, ZoneId zone) {

    boolean isValidFor(Allowance current, ZoneId currentZone, Instant moment) {
        return zone.equals(currentZone) && isValidFor(current, moment);
    }

    boolean isValidFor(Allowance current, Instant moment) {
        return allowance.equals(current) && !period.isOverAt(moment) && !lease.isClosed();
    }

    /** Empty if the lease holds too little. */
    Optional<ChargeResult> charge(ChargeRequest chargeRequest, Instant now, Duration reservationTtl) {
        return lease.charge(chargeRequest, now, reservationTtl, period.end());
    }

    AllowanceStatus allowanceStatus() {
        return lease.allowanceStatus(period.end());
    }
}
