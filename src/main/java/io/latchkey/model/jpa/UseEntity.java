package io.latchkey.model.jpa;

import io.latchkey.model.LastUse;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.connections.jpa.AsynchronousCommitAllowed;

/**
 * Row of {@code LATCHKEY_USE}: apart from the key, so that writing it never meets a change of the key. A database crash may
 * lose the last moments of it (Keycloak 26.7 then commits without waiting for the disk on PostgreSQL).
 */
@Entity
@Table(name = "LATCHKEY_USE")
public class UseEntity implements AsynchronousCommitAllowed {

    @Id
    @Column(name = "KEY_ID", updatable = false)
    private String keyId;

    @Column(name = "LAST_USED_AT")
    private long lastUsedAt;

    @Column(name = "LAST_USED_IP")
    private String lastUsedIp;

    @Column(name = "USES")
    private long uses;

    protected UseEntity() {}

    UseEntity(String keyId) {
        this.keyId = keyId;
    }

    final void add(LastUse use) {
        uses += use.uses();
        if (use.at().toEpochMilli() > lastUsedAt) {
            lastUsedAt = use.at().toEpochMilli();
            lastUsedIp = use.address().orElse(null);
        }
    }

    final String keyId() {
        return keyId;
    }

    final LastUse toLastUse() {
        return new LastUse(Instant.ofEpochMilli(lastUsedAt), Optional.ofNullable(lastUsedIp), uses);
    }
}
