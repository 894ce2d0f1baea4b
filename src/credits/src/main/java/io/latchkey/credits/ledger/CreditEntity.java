package io.latchkey.credits.ledger;

import io.latchkey.credits.ledger.LedgerRowBalance.Totals;
import io.latchkey.model.CreditAmount;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/**
 * Maps a row of {@code LATCHKEY_CREDIT}: one owner's credits at one API in one period. The row is locked while it or its leases
 * change.
 */
@Entity
@Table(name = "LATCHKEY_CREDIT")
public class CreditEntity {

    /** End of a period that never ends. */
    private static final long NEVER = Long.MAX_VALUE;

    @Id
    @Column(name = "ID", updatable = false)
    String id;

    @Embedded
    CreditAccount account;

    @Column(name = "PERIOD_LABEL", updatable = false)
    private String period;

    @Column(name = "ENDS_AT", updatable = false)
    private long endsAt;

    @Embedded
    Totals totals;

    protected CreditEntity() {}

    CreditEntity(String id, CreditAccount account, CreditPeriod period) {
        this.id = id;
        this.account = account;
        this.period = period.label();
        this.endsAt = period.end().map(Instant::toEpochMilli).orElse(NEVER);
        this.totals = Totals.NONE;
    }

    final CreditBalance balance() {
        Optional<Instant> end = Optional.of(endsAt).filter(at -> at != NEVER).map(Instant::ofEpochMilli);
        return new CreditBalance(account, period, end, totals);
    }

    final LeaseWriteOff leaseWriteOff(long micros) {
        return new LeaseWriteOff(account, period, new CreditAmount(micros));
    }

    final void set(Totals changed) {
        totals = changed;
    }
}
