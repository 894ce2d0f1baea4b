package io.latchkey.credits.ledger;

import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.RefillInterval;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/**
 * Maps a row of {@code LATCHKEY_ALLOWANCE}: the credits for each period that an administrator set for one owner at one
 * API, in place of those of its plans.
 */
@Entity
@Table(name = "LATCHKEY_ALLOWANCE")
public class AllowanceEntity {

    @EmbeddedId
    CreditAccount id;

    @Column(name = "CREDITS")
    private long credits;

    @Column(name = "REFILL")
    private String refill;

    protected AllowanceEntity() {}

    AllowanceEntity(CreditAccount id, Allowance allowance) {
        this.id = id;
        this.credits = allowance.credits().micros();
        this.refill = allowance.refillInterval().label();
    }

    final Allowance allowance() {
        return new Allowance(
                new CreditAmount(credits), RefillInterval.ofLabel(refill).orElseThrow());
    }
}
