package io.latchkey.model.jpa;

import io.latchkey.model.UsageCount;
import io.latchkey.model.UsageCounterId;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/**
 * Row of {@code LATCHKEY_USE_HOUR}: how often a key was used in one hour at one API with one outcome. Written only by who holds
 * the row of the key in {@code LATCHKEY_USE}.
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

    final void add(UsageCount count) {
        uses += count.uses();
        credits += count.charged().micros();
    }

    /** Primary key. */
    @Embeddable
    public static class Id implements Serializable {
        private static final long serialVersionUID = 1;

        @Column(name = "KEY_ID")
        private String keyId;

        @Column(name = "HOUR_START")
        private long hourStart;

        @Column(name = "API_ID")
        private String apiId;

        @Column(name = "OUTCOME")
        private String outcome;

        protected Id() {}

        static Id of(UsageCounterId slot) {
            Id id = new Id();
            id.keyId = slot.key().value();
            id.hourStart = slot.start().toEpochMilli();
            id.apiId = slot.api();
            id.outcome = slot.outcome();
            return id;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Id id
                    && keyId.equals(id.keyId)
                    && hourStart == id.hourStart
                    && apiId.equals(id.apiId)
                    && outcome.equals(id.outcome);
        }

        @Override
        public int hashCode() {
            return Objects.hash(keyId, hourStart, apiId, outcome);
        }
    }
}
