package io.latchkey.credits.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** Maps a row of {@code LATCHKEY_LEASE}: what one start of a node has leased from a row of {@code LATCHKEY_CREDIT}. */
@Entity
@Table(name = "LATCHKEY_LEASE")
public class LeaseEntity {

    @EmbeddedId
    private Id id;

    @Column(name = "AMOUNT")
    private long amount;

    @Column(name = "USED")
    private long used;

    @Column(name = "RENEWED_AT")
    private long renewedAt;

    @Column(name = "STATE")
    private String state;

    protected LeaseEntity() {}

    LeaseEntity(String creditId, String node) {
        this.id = new Id(creditId, node);
        set(LeaseRecord.NONE);
    }

    final String node() {
        return id.node;
    }

    final String creditId() {
        return id.creditId;
    }

    final LeaseRecord leaseRecord() {
        return new LeaseRecord(
                amount, used, renewedAt, LeaseRecord.State.ofLabel(state).orElseThrow());
    }

    final void set(LeaseRecord leaseRecord) {
        amount = leaseRecord.amount();
        used = leaseRecord.used();
        renewedAt = leaseRecord.renewedAt();
        state = leaseRecord.state().label();
    }

    /** Primary key. */
    @Embeddable
    public static class Id implements Serializable {
        private static final long serialVersionUID = 1;

        @Column(name = "CREDIT_ID")
        private String creditId;

        @Column(name = "NODE")
        private String node;

        protected Id() {}

        Id(String creditId, String node) {
            this.creditId = creditId;
            this.node = node;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Id id && creditId.equals(id.creditId) && node.equals(id.node);
        }

        @Override
        public int hashCode() {
            return Objects.hash(creditId, node);
        }
    }
}
