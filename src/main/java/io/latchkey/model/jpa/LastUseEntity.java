package io.latchkey.model.jpa;

import io.latchkey.model.LastUse;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/**
 * Maps a row of {@code LATCHKEY_USE}: when and from where a key was last used. It is apart from the key, so that
 * writing it never conflicts with a change of the key. A transaction that writes about the use of a key locks it. A
 * database crash may lose the last moments of it ({@link JpaUseWriter}).
 */
@Entity
@Table(name = "LATCHKEY_USE")
public class LastUseEntity {

    private static final int LONGEST_ADDRESS = 64;

    @Id
    @Column(name = "KEY_ID", updatable = false)
    private String keyId;

    @Column(name = "LAST_USED_AT")
    private long lastUsedAt;

    @Column(name = "LAST_USED_IP")
    private String lastUsedIp;

    @Column(name = "USES")
    private long uses;

    protected LastUseEntity() {}

    LastUseEntity(String keyId) {
        this.keyId = keyId;
    }

    final void add(LastUse use) {
        uses += use.uses();
        if (use.at().toEpochMilli() > lastUsedAt) {
            lastUsedAt = use.at().toEpochMilli();
            lastUsedIp = use.address().map(LastUseEntity::cut).orElse(null);
        }
    }

    /** An address that a proxy made up must not keep a batch from being written. */
    private static String cut(String address) {
        return address.substring(0, Math.min(address.length(), LONGEST_ADDRESS));
    }

    final String keyId() {
        return keyId;
    }

    final LastUse toLastUse() {
        return new LastUse(Instant.ofEpochMilli(lastUsedAt), Optional.ofNullable(lastUsedIp), uses);
    }
}
