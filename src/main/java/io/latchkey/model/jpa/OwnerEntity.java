package io.latchkey.model.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** Row of {@code LATCHKEY_OWNER}: what changes to one owner's keys lock, so that they wait for each other. */
@Entity
@Table(name = "LATCHKEY_OWNER")
public class OwnerEntity {

    @EmbeddedId
    private Id id;

    protected OwnerEntity() {}

    OwnerEntity(Id id) {
        this.id = id;
    }

    /** Primary key. */
    @Embeddable
    public static class Id implements Serializable {
        private static final long serialVersionUID = 1;

        @Column(name = "REALM_ID")
        private String realmId;

        @Column(name = "OWNER_ID")
        private String ownerId;

        protected Id() {}

        Id(String realmId, String ownerId) {
            this.realmId = realmId;
            this.ownerId = ownerId;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Id id && realmId.equals(id.realmId) && ownerId.equals(id.ownerId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(realmId, ownerId);
        }
    }
}
