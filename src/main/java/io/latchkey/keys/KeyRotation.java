package io.latchkey.keys;

import static io.latchkey.keys.KeyChangeRefusal.Kind.ALREADY_ROTATED;
import static io.latchkey.keys.KeyChangeRefusal.Kind.NOT_USABLE;
import static io.latchkey.keys.KeyChangeRefusal.Kind.REQUEST_DIFFERS;

import io.latchkey.key.KeyId;
import io.latchkey.model.Activation;
import io.latchkey.model.ApiKey;
import io.latchkey.model.EditableKeySettings;
import io.latchkey.model.KeyStatus;
import io.latchkey.model.Rotation;
import io.latchkey.policy.OwnerPolicy;
import io.latchkey.policy.RealmPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.UserModel;

/**
 * Replaces a key by a new one with the same settings.
 *
 * <p>The answer that carries the new key can get lost, and nobody can have it again. A repetition with the same {@code
 * Idempotency-Key} therefore makes another successor; all of them work until the first one is used, which ends the others. So
 * whichever answer arrives, its key is good.
 */
final class KeyRotation {

    /** For how long a repetition is recognised. */
    private static final Duration REPETITION = Duration.ofDays(1);

    /** How often one request may be repeated, so that nobody collects keys that way. */
    private static final int MOST_TWINS = 10;

    private final KeyService keyService;

    KeyRotation(KeyService keyService) {
        this.keyService = keyService;
    }

    KeyChangeResult<IssuedKey> rotate(KeyId id, RotationRequest order, Actor actor) {
        ApiKey key = KeyUpdate.locked(keyService, id).orElse(null);
        UserModel owner = key == null
                ? null
                : keyService
                        .session
                        .users()
                        .getUserById(keyService.realm, key.owner().id());
        if (owner == null) {
            return KeyChangeResult.refused(KeyChangeRefusal.notFound());
        }
        Instant now = keyService.now();
        RealmPolicy policy = keyService.policy();
        OwnerPolicy terms = OwnerPlans.policyOf(owner, policy);
        Optional<KeyChangeRefusal> refusal = actor.barrier()
                .or(() -> key.rotation()
                        .map(rotation -> repetition(key, rotation, order, now))
                        .orElseGet(() -> unusable(key, now)))
                .or(() -> KeyCreation.kind(key.prefix().kind(), policy))
                .or(() -> new RestrictionRule(keyService.realm, policy, terms, actor)
                        .copied(key.prefix().kind(), key.restrictions()))
                .or(() -> endsNow(key, order)
                        ? Optional.empty()
                        : keyService.quota().anotherKey(key.owner(), now));
        if (refusal.isPresent()) {
            return KeyChangeResult.refused(refusal.get());
        }
        IssuedKey successor = succeed(key, terms, actor, now);
        Instant grace = key.rotation().map(Rotation::graceUntil).orElse(now.plus(order.overlap()));
        ApiKey old = keyService.keys.save(key.withRotation(
                new Rotation(successor.key().id(), grace, order.endOnFirstUse(), order.requestHash(id))));
        keyService.listing.show(successor.key(), keyService.now());
        if (!old.statusAt(now).usable()) {
            OwnerSessions.endReachable(keyService.session, keyService.realm, old);
        }
        keyService.audit.rotated(old, successor.key());
        return KeyChangeResult.done(successor);
    }

    /** Whether the old key makes room for the new one at once. */
    private static boolean endsNow(ApiKey key, RotationRequest order) {
        return key.rotation().isEmpty() && order.overlap().isZero();
    }

    private static Optional<KeyChangeRefusal> unusable(ApiKey key, Instant now) {
        KeyStatus status = key.statusAt(now);
        return status == KeyStatus.ACTIVE
                ? Optional.empty()
                : Optional.of(KeyChangeRefusal.of(
                        NOT_USABLE, "The key is " + status.label() + "; only an active key can be rotated."));
    }

    private Optional<KeyChangeRefusal> repetition(ApiKey key, Rotation rotation, RotationRequest order, Instant now) {
        Optional<ApiKey> successor = keyService.keys.find(key.realmId(), rotation.replacedBy());
        String before = rotation.requestHash().orElse("");
        String repeated = order.requestHash(key.id()).orElse("-");
        boolean recent = successor.isPresent()
                && now.isBefore(successor.get().createdAt().plus(REPETITION))
                && key.revocation().isEmpty();
        if (!recent || !RotationRequest.sameIdempotencyKey(before, repeated)) {
            return Optional.of(KeyChangeRefusal.of(
                    ALREADY_ROTATED, "The key was replaced by " + rotation.replacedBy() + "; rotate that one."));
        }
        if (!before.equals(repeated)) {
            return Optional.of(
                    KeyChangeRefusal.of(REQUEST_DIFFERS, "This Idempotency-Key was used for another request."));
        }
        if (twins(key) >= MOST_TWINS) {
            return Optional.of(KeyChangeRefusal.of(ALREADY_ROTATED, "This request was repeated too often."));
        }
        return successor.get().confirmed() || !successor.get().statusAt(now).usable()
                ? Optional.of(KeyChangeRefusal.of(
                        ALREADY_ROTATED, "The key was replaced by " + rotation.replacedBy() + ", which is in use."))
                : Optional.empty();
    }

    private long twins(ApiKey key) {
        return keyService.keys.family(key.realmId(), key.family()).stream()
                .filter(relative -> relative.predecessor().equals(Optional.of(key.id())))
                .count();
    }

    private IssuedKey succeed(ApiKey key, OwnerPolicy terms, Actor actor, Instant now) {
        KeyIssuer.Origin origin = new KeyIssuer.Origin(
                key.owner(),
                key.prefix().kind(),
                actor,
                key.family(),
                Optional.of(key.origin().familySince()),
                Optional.of(key.id()));
        EditableKeySettings settings = new EditableKeySettings(
                key.name(), key.description(), Activation.ENABLED, expiry(key, terms, actor, now), key.restrictions());
        return new KeyIssuer(keyService).issue(origin, settings, now);
    }

    /** As long a life as the old key was given, as far as the policy of today allows. */
    private static Optional<Instant> expiry(ApiKey key, OwnerPolicy terms, Actor actor, Instant now) {
        // Who may not make keys keeps what there is of this one.
        boolean longer = actor.administrator() || terms.mayCreate();
        Optional<Instant> wanted =
                key.expiresAt().map(end -> longer ? now.plus(Duration.between(key.createdAt(), end)) : end);
        Optional<Instant> latest = terms.maxLifetime().from(now);
        if (wanted.isEmpty() || latest.isEmpty()) {
            return wanted.or(() -> latest);
        }
        return wanted.get().isBefore(latest.get()) ? wanted : latest;
    }
}
