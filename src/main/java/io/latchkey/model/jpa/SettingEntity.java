package io.latchkey.model.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;

/**
 * Row of {@code LATCHKEY_SETTING}: records that a policy attribute of a realm has been set, without its value, to notice
 * its removal.
 */
@Entity
@Table(name = "LATCHKEY_SETTING")
public class SettingEntity {

    @EmbeddedId
    private Id id;

    @Column(name = "REMOVAL_REPORTED")
    private boolean removalReported;

    protected SettingEntity() {}

    SettingEntity(Id id, boolean removalReported) {
        this.id = id;
        this.removalReported = removalReported;
    }

    final String name() {
        return id.name;
    }

    final boolean removalReported() {
        return removalReported;
    }

    /** Primary key. */
    @Embeddable
    public record Id(
            @Column(name = "REALM_ID") String realmId,
            @Column(name = "NAME") String name) implements Serializable {}
}
