package io.latchkey.keys;

import static io.latchkey.keys.KeyChangeRefusal.Kind.ALREADY_ROTATED;
import static io.latchkey.keys.KeyChangeRefusal.Kind.NOT_USABLE;
import static io.latchkey.keys.KeyChangeRefusal.Kind.REQUEST_DIFFERS;

import io.latchkey.key.KeyId;
import io.latchkey.model.Activation;
import io.latchkey.model.ApiKey;
import io.latchkey.model.EditableKeySettings;
import io.latchkey.model.KeyLineage;
import io.latchkey.model.KeyStatus;
import io.latchkey.model.Revocation;
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
 * <p>The response that carries the new key can get lost, and the server cannot repeat it. A repetition with the same {@code
 * Idempotency-Key} therefore creates another successor. All of them work until the first one is used, which ends the
 * others. So the key of any response that arrives works.
 */
public record KeyRotation(KeyContext context) {

    /** For how long a repetition is recognised. */
    private static final Duration REPETITION = Duration.ofDays(1);

    /** How often one request may be repeated, so that repetitions do not collect keys. */
    private static final int MOST_TWINS = 10;

    public KeyChangeResult<IssuedKey> rotate(KeyId id, RotationRequest request, Actor actor) {
        ApiKey key = context.lock(id).orElse(null);
        UserModel owner = key == null ? null : context.user(key.owner());
        if (owner == null) {
            return KeyChangeResult.refused(KeyChangeRefusal.notFound());
        }
        Instant now = context.now();
        RealmPolicy policy = context.policy();
        OwnerPolicy ownerPolicy = OwnerPlans.policyOf(owner, policy);
        return actor.barrier()
                .or(() -> key.rotation()
                        .map(rotation -> repetition(key, rotation, request, now))
                        .orElseGet(() -> unusable(key, now)))
                .or(() -> KeyCreation.kind(key.prefix().kind(), policy))
                .or(() -> new RestrictionRule(context.realm(), policy, ownerPolicy, actor)
                        .copied(key.prefix().kind(), key.restrictions()))
                .or(() -> endsNow(key, request)
                        ? Optional.empty()
                        : context.keysPerOwner().anotherKey(key.owner(), now))
                .<KeyChangeResult<IssuedKey>>map(KeyChangeResult::refused)
                .orElseGet(() -> KeyChangeResult.done(replace(key, request, ownerPolicy, actor, now)));
    }

    private IssuedKey replace(ApiKey key, RotationRequest request, OwnerPolicy ownerPolicy, Actor actor, Instant now) {
        IssuedKey successor = succeed(key, ownerPolicy, actor, now);
        Instant grace = key.rotation().map(Rotation::graceUntil).orElse(now.plus(request.gracePeriod()));
        ApiKey old = context.keys()
                .save(key.withRotation(new Rotation(
                        successor.key().id(), grace, request.endOnFirstUse(), request.requestHash(key.id()))));
        context.syncCredential(successor.key());
        if (!old.statusAt(now).usable()) {
            context.endSessions(old);
        }
        context.audit().rotated(old, successor.key());
        return successor;
    }

    /** Records the first use of a successor, which ends its twins and may end the key that it replaced. */
    public void complete(ApiKey successor) {
        context.keys().lockOwner(successor.realmId(), successor.owner().id());
        if (!context.keys().confirm(successor)) {
            return;
        }
        KeyRevocation revocation = new KeyRevocation(context);
        for (ApiKey relative : context.keys().family(successor.realmId(), successor.family())) {
            if (relative.statusAt(context.now()).usable() && isSuperseded(relative, successor)) {
                revocation.end(relative, Revocation.Reason.SUPERSEDED);
            }
        }
    }

    private static boolean isSuperseded(ApiKey relative, ApiKey successor) {
        boolean twin = relative.predecessor().equals(successor.predecessor())
                && !relative.id().equals(successor.id());
        boolean predecessor = successor.predecessor().equals(Optional.of(relative.id()));
        boolean endsOnFirstUse =
                relative.rotation().map(Rotation::endOnFirstUse).orElse(false);
        return twin && !relative.confirmed() || predecessor && endsOnFirstUse;
    }

    /** Whether the old key ends at once, so that the new one needs no slot. */
    private static boolean endsNow(ApiKey key, RotationRequest request) {
        return key.rotation().isEmpty() && request.gracePeriod().isZero();
    }

    private static Optional<KeyChangeRefusal> unusable(ApiKey key, Instant now) {
        KeyStatus status = key.statusAt(now);
        return status == KeyStatus.ACTIVE
                ? Optional.empty()
                : Optional.of(KeyChangeRefusal.of(
                        NOT_USABLE, "The key is " + status.label() + "; only an active key can be rotated."));
    }

    private Optional<KeyChangeRefusal> repetition(ApiKey key, Rotation rotation, RotationRequest request, Instant now) {
        Optional<ApiKey> successor = context.keys().find(key.realmId(), rotation.replacedBy());
        String before = rotation.requestHash().orElse("");
        String repeated = request.requestHash(key.id()).orElse("-");
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
        return context.keys().family(key.realmId(), key.family()).stream()
                .filter(relative -> relative.predecessor().equals(Optional.of(key.id())))
                .count();
    }

    private IssuedKey succeed(ApiKey key, OwnerPolicy ownerPolicy, Actor actor, Instant now) {
        KeyLineage origin = new KeyLineage(
                now, actor.userId(), actor.client(), key.family(), key.origin().familySince(), Optional.of(key.id()));
        EditableKeySettings settings = new EditableKeySettings(
                key.name(),
                key.description(),
                Activation.ENABLED,
                expiry(key, ownerPolicy, actor, now),
                key.restrictions());
        return context.issue(key.owner(), key.prefix().kind(), settings, origin);
    }

    /** As long a life as the old key was given, as far as the policy of today allows. */
    private static Optional<Instant> expiry(ApiKey key, OwnerPolicy ownerPolicy, Actor actor, Instant now) {
        // An actor who may not create keys keeps the end of this one.
        boolean longer = actor.administrator() || ownerPolicy.mayCreate();
        Optional<Instant> wanted =
                key.expiresAt().map(end -> longer ? now.plus(Duration.between(key.createdAt(), end)) : end);
        Optional<Instant> latest = ownerPolicy.maxLifetime().from(now);
        if (wanted.isEmpty() || latest.isEmpty()) {
            return wanted.or(() -> latest);
        }
        return wanted.get().isBefore(latest.get()) ? wanted : latest;
    }
}
