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
final class KeyUpdate {

    private final KeyService keyService;

    KeyUpdate(KeyService keyService) {
        this.keyService = keyService;
    }

    KeyChangeResult<ApiKey> change(KeyId id, KeyUpdateRequest change, Actor actor) {
        ApiKey key = locked(keyService, id).orElse(null);
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
        Optional<KeyChangeRefusal> refusal = versionDiffers(key, change.expected())
                .or(() -> ended(key, now))
                .or(() -> held(key, change, actor))
                .or(() -> slot(key, change, terms, now))
                .or(() -> expiry(key, change, actor, terms, now))
                .or(() -> KeyCreation.nameUnfit(
                        keyService, key.owner(), change.name().given().orElse(key.name()), key.family(), now));
        if (refusal.isPresent()) {
            return KeyChangeResult.refused(refusal.get());
        }
        return new RestrictionRule(keyService.realm, policy, terms, actor)
                .changed(key.prefix().kind(), key.restrictions(), change.restrictions())
                .fold(next -> save(key, settings(key, change, actor, next), actor), KeyChangeResult::refused);
    }

    private KeyChangeResult<ApiKey> save(ApiKey key, EditableKeySettings settings, Actor actor) {
        Optional<KeyChangeRefusal> refusal =
                actor.barrier().filter(barred -> LooseningCheck.loosens(keyService.realm, key.settings(), settings));
        return refusal.<KeyChangeResult<ApiKey>>map(KeyChangeResult::refused)
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
        ApiKey saved = keyService.keys.save(key.withSettings(settings));
        keyService.listing.show(saved, keyService.now());
        if (!saved.enabled() || saysLess(key.restrictions(), saved.restrictions())) {
            OwnerSessions.endReachable(keyService.session, keyService.realm, saved);
        }
        keyService.audit.changed(key, saved);
        return saved;
    }

    /** A key with scopes or audiences signs nobody in; a login it gave before may do more than that (SAML asks nobody again). */
    private static boolean saysLess(Restrictions before, Restrictions now) {
        return before.scopes().isEmpty() && !now.scopes().isEmpty()
                || before.audiences().isEmpty() && !now.audiences().isEmpty();
    }

    private static Optional<KeyChangeRefusal> held(ApiKey key, KeyUpdateRequest change, Actor actor) {
        boolean wanted = change.enabled().given().orElse(false) && !key.enabled();
        return wanted && key.activation() == Activation.DISABLED_BY_ADMIN && !actor.administrator()
                ? Optional.of(KeyChangeRefusal.of(NOT_ALLOWED, "An administrator has disabled this key."))
                : Optional.empty();
    }

    private Optional<KeyChangeRefusal> slot(ApiKey key, KeyUpdateRequest change, OwnerPolicy terms, Instant now) {
        boolean enabling = change.enabled().given().orElse(false) && !key.enabled();
        return enabling ? keyService.quota().slot(key.owner(), key.family(), terms, now) : Optional.empty();
    }

    private static Activation activation(ApiKey key, KeyUpdateRequest change, Actor actor) {
        boolean enabled = change.enabled().given().orElse(key.enabled());
        if (enabled) {
            return Activation.ENABLED;
        }
        // What an administrator has switched off stays so, even if the owner says it again.
        return key.activation() == Activation.DISABLED_BY_ADMIN ? key.activation() : actor.off();
    }

    /** The key as it is once no other change to its owner's keys can come in between. */
    static Optional<ApiKey> locked(KeyService keyService, KeyId id) {
        Optional<ApiKey> seen = keyService.keys.find(keyService.realm.getId(), id);
        seen.ifPresent(
                key -> keyService.keys.lockOwner(key.realmId(), key.owner().id()));
        return seen.flatMap(key -> keyService.keys.reread(key.realmId(), id));
    }

    static Optional<KeyChangeRefusal> versionDiffers(ApiKey key, IntPredicate expected) {
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
            ApiKey key, KeyUpdateRequest change, Actor actor, OwnerPolicy terms, Instant now) {
        if (change.expiresAt().applyTo(key.expiresAt()).equals(key.expiresAt())) {
            return Optional.empty();
        }
        boolean longer = key.expiresAt().isPresent()
                && change.expiresAt()
                        .given()
                        .filter(key.expiresAt().get()::isAfter)
                        .isEmpty();
        // Who may not make keys may not make them last longer either.
        return longer && !actor.administrator() && !terms.mayCreate()
                ? Optional.of(KeyChangeRefusal.of(NOT_ALLOWED, "Only an administrator can let this key live longer."))
                : ExpiryRule.check(change.expiresAt(), key.createdAt(), now, terms);
    }
}
