package io.latchkey.model.jpa;

import io.latchkey.model.UseSlot;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.keycloak.connections.jpa.AsynchronousCommitAllowed;

/**
 * Row of {@code LATCHKEY_USE_HOUR}: how often a key was used in one hour with one outcome. Written only by who holds the row
 * of the key in {@code LATCHKEY_USE}.
 */
@Entity
@Table(name = "LATCHKEY_USE_HOUR")
public class UseHourEntity implements AsynchronousCommitAllowed {

    @EmbeddedId
    private Id id;

    @Column(name = "USES")
    private long uses;

    protected UseHourEntity() {}

    UseHourEntity(Id id) {
        this.id = id;
    }

    final Id id() {
        return id;
    }

    final void add(long more) {
        uses += more;
    }

    /** Primary key. */
    @Embeddable
    public static class Id implements Serializable {
        private static final long serialVersionUID = 1;

        @Column(name = "KEY_ID")
        private String keyId;

        @Column(name = "HOUR_START")
        private long hourStart;

        @Column(name = "OUTCOME")
        private String outcome;

        protected Id() {}

        static Id of(UseSlot slot) {
            Id id = new Id();
            id.keyId = slot.key().value();
            id.hourStart = slot.start().toEpochMilli();
            id.outcome = slot.outcome();
            return id;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Id id
                    && keyId.equals(id.keyId)
                    && hourStart == id.hourStart
                    && outcome.equals(id.outcome);
        }

        @Override
        public int hashCode() {
            return Objects.hash(keyId, hourStart, outcome);
        }
    }
}
