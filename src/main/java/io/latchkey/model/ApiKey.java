package io.latchkey.model;

import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.key.KeyPrefix;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Represents one stored API key, without its secret. Immutable; times have millisecond precision.
 *
 * @param confirmed whether this key was ever used; kept exactly only for successors, whose first use may end the predecessor
 * @param version grows with every change, for the detection of lost updates
 */
public record ApiKey(
        KeyId id,
        String realmId,
        KeyPrefix prefix,
        Owner owner,
        EditableKeySettings settings,
        KeyOrigin origin,
        boolean confirmed,
        Optional<Rotation> rotation,
        Optional<Revocation> revocation,
        KeyHash hash,
        int version) {

    public ApiKey {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(realmId, "realmId");
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(hash, "hash");
    }

    public String name() {
        return settings.name();
    }

    public Optional<String> description() {
        return settings.description();
    }

    public Activation activation() {
        return settings.activation();
    }

    public Optional<Instant> expiresAt() {
        return settings.expiresAt();
    }

    public Restrictions restrictions() {
        return settings.restrictions();
    }

    public Instant createdAt() {
        return origin.createdAt();
    }

    public String createdBy() {
        return origin.createdBy();
    }

    public String family() {
        return origin.family();
    }

    public Optional<KeyId> predecessor() {
        return origin.predecessor();
    }

    /** What this key is at that moment. The end of a key outweighs its switch: an expired key is expired, even if disabled. */
    public KeyStatus statusAt(Instant now) {
        if (revocation.isPresent()) {
            return KeyStatus.REVOKED;
        }
        if (rotation.isPresent() && !now.isBefore(rotation.get().graceUntil())) {
            return KeyStatus.REVOKED;
        }
        if (expiresAt().isPresent() && !now.isBefore(expiresAt().get())) {
            return KeyStatus.EXPIRED;
        }
        if (!enabled()) {
            return KeyStatus.DISABLED;
        }
        return rotation.isPresent() ? KeyStatus.ROTATING : KeyStatus.ACTIVE;
    }

    /** The moment from which this key is refused, however it is used; empty when it has no end. */
    public Optional<Instant> endsAt() {
        Optional<Instant> grace = rotation.map(Rotation::graceUntil);
        if (grace.isPresent() && expiresAt().isPresent()) {
            return grace.get().isBefore(expiresAt().get()) ? grace : expiresAt();
        }
        return grace.or(this::expiresAt);
    }

    public boolean enabled() {
        return activation() == Activation.ENABLED;
    }

    /** What lists show in place of the key. */
    public String preview() {
        return prefix.preview(id);
    }

    public ApiKey withSettings(EditableKeySettings changed) {
        return new ApiKey(id, realmId, prefix, owner, changed, origin, confirmed, rotation, revocation, hash, version);
    }

    public ApiKey withRotation(Rotation newRotation) {
        return new ApiKey(
                id,
                realmId,
                prefix,
                owner,
                settings,
                origin,
                confirmed,
                Optional.of(newRotation),
                revocation,
                hash,
                version);
    }

    public ApiKey revoked(Revocation newRevocation) {
        return new ApiKey(
                id,
                realmId,
                prefix,
                owner,
                settings,
                origin,
                confirmed,
                rotation,
                Optional.of(newRevocation),
                hash,
                version);
    }
}
