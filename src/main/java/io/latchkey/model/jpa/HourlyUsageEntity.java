package io.latchkey.model.jpa;

import io.latchkey.model.PendingUsageCount;
import io.latchkey.model.UsageCounterId;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;

/**
 * Row of {@code LATCHKEY_USE_HOUR}: how often a key was used in one hour at one API with one outcome. Written only by a
 * transaction that has locked the row of the key in {@code LATCHKEY_USE}.
 */
@Entity
@Table(name = "LATCHKEY_USE_HOUR")
public class HourlyUsageEntity {

    @EmbeddedId
    private Id id;

    @Column(name = "USES")
    private long uses;

    @Column(name = "CREDITS")
    private long credits;

    protected HourlyUsageEntity() {}

    HourlyUsageEntity(Id id) {
        this.id = id;
    }

    final Id id() {
        return id;
    }

    final void add(PendingUsageCount count) {
        uses += count.uses();
        credits += count.charged().micros();
    }

    /** Primary key. */
    @Embeddable
    public record Id(
            @Column(name = "KEY_ID") String keyId,
            @Column(name = "HOUR_START") long hourStart,
            @Column(name = "API_ID") String apiId,
            @Column(name = "OUTCOME") String outcome)
            implements Serializable {

        static Id of(UsageCounterId counter) {
            return new Id(counter.key().value(), counter.start().toEpochMilli(), counter.api(), counter.outcome());
        }
    }
}
