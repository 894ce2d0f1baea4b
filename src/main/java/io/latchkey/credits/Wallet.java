package io.latchkey.credits;

import io.latchkey.credits.Charge.Reservation;
import io.latchkey.credits.Charge.Standing;
import io.latchkey.key.KeyId;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.CreditPeriod;
import io.latchkey.model.Credits;
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
        Instant begin = period.end().orElseThrow();
        CreditPeriod next = CreditPeriod.of(allowance.refill(), zone, begin);
        return new Wallet(opening.open(account(), next, begin), next, allowance, zone);
    }

    boolean isFor(Allowance now, Instant moment) {
        return allowance.equals(now) && !period.isOverAt(moment) && !purse.isClosed();
    }

    /** Empty where there is not enough in it. */
    Optional<Charge> pay(Credits cost, Optional<KeyId> key, Instant now, Duration life) {
        return purse.reserve(cost, key, now, life)
                .map(id -> new Charge.Paid(cost, Optional.of(new Reservation(id, now.plus(life))), standing()));
    }

    /** The same where nobody has to say how the call went. */
    Optional<Charge> spend(Credits cost, Optional<KeyId> key, Instant now) {
        return purse.spend(cost, key, now)
                ? Optional.of(new Charge.Paid(cost, Optional.empty(), standing()))
                : Optional.empty();
    }

    Standing standing() {
        return purse.standing(period.end());
    }
}
