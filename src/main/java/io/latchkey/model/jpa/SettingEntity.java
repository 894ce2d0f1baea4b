package io.latchkey.model.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** Row of {@code LATCHKEY_SETTING}: an attribute of a realm that has been set. */
@Entity
@Table(name = "LATCHKEY_SETTING")
public class SettingEntity {

    @EmbeddedId
    private Id id;

    @Column(name = "REMOVAL_REPORTED")
    private boolean removalReported;

    protected SettingEntity() {}

    SettingEntity(Id id) {
        this.id = id;
    }

    final String name() {
        return id.name;
    }

    final boolean removalReported() {
        return removalReported;
    }

    final void set(boolean reported) {
        removalReported = reported;
    }

    /** Primary key. */
    @Embeddable
    public static class Id implements Serializable {
        private static final long serialVersionUID = 1;

        @Column(name = "REALM_ID")
        private String realmId;

        @Column(name = "NAME")
        private String name;

        protected Id() {}

        Id(String realmId, String name) {
            this.realmId = realmId;
            this.name = name;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Id id && realmId.equals(id.realmId) && name.equals(id.name);
        }

        @Override
        public int hashCode() {
            return Objects.hash(realmId, name);
        }
    }
}
