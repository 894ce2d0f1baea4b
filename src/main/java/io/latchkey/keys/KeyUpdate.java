package io.latchkey.keys;

import static io.latchkey.keys.KeyChangeRefusal.Kind.CHANGED_MEANWHILE;
import static io.latchkey.keys.KeyChangeRefusal.Kind.NOT_ALLOWED;
import static io.latchkey.keys.KeyChangeRefusal.Kind.NOT_USABLE;

import io.latchkey.key.KeyId;
import io.latchkey.model.Activation;
import io.latchkey.model.ApiKey;
import io.latchkey.model.EditableKeySettings;
import io.latchkey.model.KeyStatus;
import io.latchkey.model.Restrictions;
import io.latchkey.policy.OwnerPolicy;
import io.latchkey.policy.RealmPolicy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.keycloak.models.UserModel;

/** Changes the name, description, switch, expiry and restrictions of a key. */
public record KeyUpdate(KeyContext context) {

    public KeyChangeResult<ApiKey> update(KeyId id, KeyUpdateRequest change, Actor actor) {
        ApiKey key = context.lock(id).orElse(null);
        UserModel owner = key == null ? null : context.user(key.owner());
        if (owner == null) {
            return KeyChangeResult.refused(KeyChangeRefusal.notFound());
        }
        Instant now = context.now();
        RealmPolicy policy = context.policy();
        OwnerPolicy ownerPolicy = OwnerPlans.policyOf(owner, policy);
        return version(key, change.expected())
                .or(() -> ended(key, now))
                .or(() -> disabledByAdministrator(key, change, actor))
                .or(() -> slot(key, change, ownerPolicy, now))
                .or(() -> expiry(key, change, actor, ownerPolicy, now))
                .or(() -> KeyCreation.name(
                        context, key.owner(), change.name().given().orElse(key.name()), key.family(), now))
                .<KeyChangeResult<ApiKey>>map(KeyChangeResult::refused)
                .orElseGet(() -> new RestrictionRule(context.realm(), policy, ownerPolicy, actor)
                        .changed(key.prefix().kind(), key.restrictions(), change.restrictions())
                        .fold(next -> save(key, settings(key, change, actor, next), actor), KeyChangeResult::refused));
    }

    private KeyChangeResult<ApiKey> save(ApiKey key, EditableKeySettings settings, Actor actor) {
        return actor.barrier()
                .filter(barrier -> LooseningCheck.loosens(context.realm(), key.settings(), settings))
                .<KeyChangeResult<ApiKey>>map(KeyChangeResult::refused)
                .orElseGet(() -> KeyChangeResult.done(save(key, settings)));
    }

    private static EditableKeySettings settings(
            ApiKey key, KeyUpdateRequest change, Actor actor, Restrictions restrictions) {
        return new EditableKeySettings(
                change.name().given().orElse(key.name()),
                change.description().applyTo(key.description()),
                activation(key, change, actor),
                change.expiresAt().applyTo(key.expiresAt()).map(moment -> moment.truncatedTo(ChronoUnit.MILLIS)),
                restrictions);
    }

    private ApiKey save(ApiKey key, EditableKeySettings settings) {
        if (settings.equals(key.settings())) {
            return key;
        }
        ApiKey saved = context.keys().save(key.withSettings(settings));
        context.syncCredential(saved);
        if (!saved.enabled() || narrowsTokens(key.restrictions(), saved.restrictions())) {
            context.endSessions(saved);
        }
        context.audit().changed(key, saved);
        return saved;
    }

    /** A key with scopes or audiences opens no session; one that it opened before may do more than that (SAML checks only once). */
    private static boolean narrowsTokens(Restrictions before, Restrictions now) {
        return before.scopes().isEmpty() && !now.scopes().isEmpty()
                || before.audiences().isEmpty() && !now.audiences().isEmpty();
    }

    private static Optional<KeyChangeRefusal> disabledByAdministrator(
            ApiKey key, KeyUpdateRequest change, Actor actor) {
        boolean wanted = change.enabled().given().orElse(false) && !key.enabled();
        return wanted && key.activation() == Activation.DISABLED_BY_ADMIN && !actor.administrator()
                ? Optional.of(KeyChangeRefusal.of(NOT_ALLOWED, "An administrator has disabled this key."))
                : Optional.empty();
    }

    private Optional<KeyChangeRefusal> slot(ApiKey key, KeyUpdateRequest change, OwnerPolicy ownerPolicy, Instant now) {
        boolean enabling = change.enabled().given().orElse(false) && !key.enabled();
        return enabling ? context.keysPerOwner().slot(key.owner(), key.family(), ownerPolicy, now) : Optional.empty();
    }

    private static Activation activation(ApiKey key, KeyUpdateRequest change, Actor actor) {
        boolean enabled = change.enabled().given().orElse(key.enabled());
        if (enabled) {
            return Activation.ENABLED;
        }
        // What an administrator has switched off stays so, even if the owner disables it too.
        return key.activation() == Activation.DISABLED_BY_ADMIN ? key.activation() : actor.off();
    }

    static Optional<KeyChangeRefusal> version(ApiKey key, IntPredicate expected) {
        return expected.test(key.version())
                ? Optional.empty()
                : Optional.of(KeyChangeRefusal.of(CHANGED_MEANWHILE, "The key was changed since it was read."));
    }

    private static Optional<KeyChangeRefusal> ended(ApiKey key, Instant now) {
        KeyStatus status = key.statusAt(now);
        return status.usable() || status == KeyStatus.DISABLED
                ? Optional.empty()
                : Optional.of(KeyChangeRefusal.of(NOT_USABLE, "The key is " + status.label() + "; that is final."));
    }

    private static Optional<KeyChangeRefusal> expiry(
            ApiKey key, KeyUpdateRequest change, Actor actor, OwnerPolicy ownerPolicy, Instant now) {
        if (change.expiresAt().applyTo(key.expiresAt()).equals(key.expiresAt())) {
            return Optional.empty();
        }
        boolean longer = key.expiresAt().isPresent()
                && change.expiresAt()
                        .given()
                        .filter(key.expiresAt().get()::isAfter)
                        .isEmpty();
        // An actor who may not create keys may not make them last longer either.
        return longer && !actor.administrator() && !ownerPolicy.mayCreate()
                ? Optional.of(KeyChangeRefusal.of(NOT_ALLOWED, "Only an administrator can let this key live longer."))
                : ExpiryRule.check(change.expiresAt(), key.createdAt(), now, ownerPolicy);
    }
}
