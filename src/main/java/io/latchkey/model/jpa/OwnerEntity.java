package io.latchkey.model.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;

/**
 * Row of {@code LATCHKEY_OWNER}, which every change to an owner's keys locks first, so that concurrent changes wait for
 * each other.
 */
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
    public record Id(
            @Column(name = "REALM_ID") String realmId,
            @Column(name = "OWNER_ID") String ownerId) implements Serializable {}
}
