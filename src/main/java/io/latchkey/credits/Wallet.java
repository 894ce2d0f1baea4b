package io.latchkey.credits;

import io.latchkey.credits.Charge.Standing;
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
record Wallet(Purse purse, CreditPeriod period, Allowance allowance, ZoneId zone) {

    CreditAccount account() {
        return purse.account();
    }

    boolean endsBefore(Instant moment) {
        return period.isOverAt(moment);
    }

    /** Of a period that has an end. */
    Wallet next(NextPeriods.Opening opening) {
        CreditPeriod next = nextPeriod();
        return new Wallet(opening.open(account(), next, period.end().orElseThrow()), next, allowance, zone);
    }

    CreditPeriod nextPeriod() {
        return CreditPeriod.of(allowance.refill(), zone, period.end().orElseThrow());
    }

    boolean isFor(Allowance now, ZoneId there, Instant moment) {
        return zone.equals(there) && isFor(now, moment);
    }

    boolean isFor(Allowance now, Instant moment) {
        return allowance.equals(now) && !period.isOverAt(moment) && !purse.isClosed();
    }

    /** Empty where there is not enough in it. */
    Optional<Charge> pay(Payment payment, Instant now, Duration life) {
        return purse.pay(payment, now, life, period.end());
    }

    Standing standing() {
        return purse.standing(period.end());
    }
}
