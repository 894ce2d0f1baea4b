package io.latchkey.model;

import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.key.KeyPrefix;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

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
        KeyLineage origin,
        boolean confirmed,
        Optional<Rotation> rotation,
        Optional<Revocation> revocation,
        KeyHash hash,
        int version) {

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
        if (revocation.isPresent() || isOver(rotation.map(Rotation::graceUntil), now)) {
            return KeyStatus.REVOKED;
        }
        if (isOver(expiresAt(), now)) {
            return KeyStatus.EXPIRED;
        }
        if (!enabled()) {
            return KeyStatus.DISABLED;
        }
        return rotation.isPresent() ? KeyStatus.ROTATING : KeyStatus.ACTIVE;
    }

    private static boolean isOver(Optional<Instant> end, Instant now) {
        return end.isPresent() && !now.isBefore(end.get());
    }

    /** The moment from which this key is refused, however it is used; empty when it has no end. */
    public Optional<Instant> endsAt() {
        return Stream.of(rotation.map(Rotation::graceUntil), expiresAt())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    public boolean enabled() {
        return activation() == Activation.ENABLED;
    }

    /** What lists show in place of the key. */
    public String preview() {
        return prefix.preview(id);
    }

    public ApiKey withSettings(EditableKeySettings changed) {
        return with(changed, rotation, revocation);
    }

    public ApiKey withRotation(Rotation newRotation) {
        return with(settings, Optional.of(newRotation), revocation);
    }

    public ApiKey revoked(Revocation newRevocation) {
        return with(settings, rotation, Optional.of(newRevocation));
    }

    private ApiKey with(EditableKeySettings changed, Optional<Rotation> rotated, Optional<Revocation> revoked) {
        return new ApiKey(id, realmId, prefix, owner, changed, origin, confirmed, rotated, revoked, hash, version);
    }
}
