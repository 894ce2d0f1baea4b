package io.latchkey.credits.ledger;

import io.latchkey.credits.ledger.LedgerRowBalance.Totals;
import io.latchkey.model.CreditAmount;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * Maps a row of {@code LATCHKEY_CREDIT}: one owner's credits at one API in one period. The row is locked while it or its leases
 * change.
 */
@Entity
@Table(name = "LATCHKEY_CREDIT")
public class CreditEntity {

    /** End of a period that never ends. */
    static final long NEVER = Long.MAX_VALUE;

    @Id
    @Column(name = "ID", updatable = false)
    private String id;

    @Column(name = "REALM_ID", updatable = false)
    private String realmId;

    @Column(name = "OWNER_ID", updatable = false)
    private String ownerId;

    @Column(name = "API_ID", updatable = false)
    private String apiId;

    @Column(name = "PERIOD_LABEL", updatable = false)
    private String period;

    @Column(name = "ENDS_AT", updatable = false)
    private long endsAt;

    @Column(name = "ALLOWANCE")
    private long allowance;

    @Column(name = "TOPPED_UP")
    private long toppedUp;

    @Column(name = "GRANTED")
    private long granted;

    @Column(name = "SPENT")
    private long spent;

    @Column(name = "LEASED")
    private long leased;

    @Column(name = "WRITTEN_OFF")
    private long writtenOff;

    protected CreditEntity() {}

    CreditEntity(String id, CreditAccount account, CreditPeriod period) {
        this.id = id;
        this.realmId = account.realmId();
        this.ownerId = account.ownerId();
        this.apiId = account.apiId();
        this.period = period.label();
        this.endsAt = period.end().map(Instant::toEpochMilli).orElse(NEVER);
    }

    final String id() {
        return id;
    }

    final CreditAccount account() {
        return new CreditAccount(realmId, ownerId, apiId);
    }

    final String period() {
        return period;
    }

    final long endsAt() {
        return endsAt;
    }

    final WriteOff writeOff(long micros) {
        return new WriteOff(account(), period, new CreditAmount(micros));
    }

    final Totals totals() {
        return new Totals(allowance, toppedUp, granted, spent, leased, writtenOff);
    }

    final void set(Totals totals) {
        allowance = totals.allowance();
        toppedUp = totals.toppedUp();
        granted = totals.granted();
        spent = totals.spent();
        leased = totals.leased();
        writtenOff = totals.writtenOff();
    }
}
