package io.latchkey.credits.ledger;

import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.RefillInterval;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/**
 * Maps a row of {@code LATCHKEY_ALLOWANCE}: the credits for each period that an administrator set for one owner at one
 * API, in place of those of its plans.
 */
@Entity
@Table(name = "LATCHKEY_ALLOWANCE")
public class AllowanceEntity {

    @EmbeddedId
    private Id id;

    @Column(name = "CREDITS")
    private long credits;

    @Column(name = "REFILL")
    private String refill;

    protected AllowanceEntity() {}

    AllowanceEntity(Id id) {
        this.id = id;
    }

    final void set(Allowance allowance) {
        credits = allowance.credits().micros();
        refill = allowance.refillInterval().label();
    }

    final CreditAccount account() {
        return new CreditAccount(id.realmId, id.ownerId, id.apiId);
    }

    final Allowance allowance() {
        return new Allowance(
                new CreditAmount(credits), RefillInterval.ofLabel(refill).orElseThrow());
    }

    /** Primary key. */
    @Embeddable
    public static class Id implements Serializable {
        private static final long serialVersionUID = 1;

        @Column(name = "REALM_ID")
        private String realmId;

        @Column(name = "OWNER_ID")
        private String ownerId;

        @Column(name = "API_ID")
        private String apiId;

        protected Id() {}

        static Id of(CreditAccount account) {
            Id id = new Id();
            id.realmId = account.realmId();
            id.ownerId = account.ownerId();
            id.apiId = account.apiId();
            return id;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Id id
                    && realmId.equals(id.realmId)
                    && ownerId.equals(id.ownerId)
                    && apiId.equals(id.apiId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(realmId, ownerId, apiId);
        }
    }
}
