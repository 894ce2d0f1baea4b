package io.latchkey.credits.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;

/** Maps a row of {@code LATCHKEY_LEASE}: what one start of a node has leased from a row of {@code LATCHKEY_CREDIT}. */
@Entity
@Table(name = "LATCHKEY_LEASE")
public class LeaseEntity {

    @EmbeddedId
    Id id;

    @Column(name = "AMOUNT")
    private long amount;

    @Column(name = "USED")
    private long used;

    @Column(name = "RENEWED_AT")
    private long renewedAt;

    @Column(name = "STATE")
    private String state;

    protected LeaseEntity() {}

    LeaseEntity(Id id, LeaseRecord leaseRecord) {
        this.id = id;
        set(leaseRecord);
    }

    final LeaseRecord leaseRecord() {
        return new LeaseRecord(amount, used, renewedAt, LeaseRecord.State.ofLabel(state));
    }

    final void set(LeaseRecord leaseRecord) {
        amount = leaseRecord.amount();
        used = leaseRecord.used();
        renewedAt = leaseRecord.renewedAt();
        state = leaseRecord.state().label();
    }

    /** Primary key. */
    @Embeddable
    public record Id(
            @Column(name = "CREDIT_ID") String creditId,
            @Column(name = "NODE") String node) implements Serializable {}
}
