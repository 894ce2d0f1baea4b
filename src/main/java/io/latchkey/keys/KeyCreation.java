package io.latchkey.keys;

import static io.latchkey.keys.KeyChangeRefusal.Kind.NAME_TAKEN;
import static io.latchkey.keys.KeyChangeRefusal.Kind.NOT_ALLOWED;
import static io.latchkey.keys.KeyChangeRefusal.Kind.PLAN_REQUIRED;

import io.latchkey.key.KeyKind;
import io.latchkey.model.Activation;
import io.latchkey.model.EditableKeySettings;
import io.latchkey.model.Owner;
import io.latchkey.policy.OwnerPolicy;
import io.latchkey.policy.RealmPolicy;
import io.latchkey.policy.SelfServiceMode;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Creates a key under the policy of its realm and the plans of its owner. */
final class KeyCreation {

    /** A new key begins a family that no other key is of. */
    private static final String NO_FAMILY = "";

    private final KeyService keyService;

    KeyCreation(KeyService keyService) {
        this.keyService = keyService;
    }

    KeyChangeResult<IssuedKey> create(Owner owner, NewKey draft, Actor actor) {
        if (actor.barrier().isPresent()) {
            return KeyChangeResult.refused(actor.barrier().get());
        }
        // Before anything is read that the limits depend on.
        boolean present = keyService.keys.lockOwnerForNewKey(keyService.realm.getId(), owner.id());
        UserModel user = present ? keyService.session.users().getUserById(keyService.realm, owner.id()) : null;
        if (user == null) {
            return KeyChangeResult.refused(KeyChangeRefusal.invalid("owner", "There is no such owner."));
        }
        RealmPolicy policy = keyService.policy();
        OwnerPolicy terms = OwnerPlans.policyOf(user, policy);
        Instant now = keyService.now();
        Optional<KeyChangeRefusal> refusal = permission(policy, terms, actor)
                .or(() -> kind(draft.kind(), policy))
                .or(() -> ExpiryRule.check(draft.expiresAt(), now, now, terms))
                .or(() -> quota(owner, draft, terms, now))
                .or(() -> nameUnfit(keyService, owner, draft.name(), NO_FAMILY, now));
        if (refusal.isPresent()) {
            return KeyChangeResult.refused(refusal.get());
        }
        return new RestrictionRule(keyService.realm, policy, terms, actor)
                .initial(draft.kind(), draft.restrictions())
                .fold(
                        restrictions -> KeyChangeResult.done(issue(
                                owner,
                                new EditableKeySettings(
                                        draft.name(),
                                        draft.description(),
                                        draft.enabled() ? Activation.ENABLED : actor.off(),
                                        ExpiryRule.resolve(draft.expiresAt(), now, terms),
                                        restrictions),
                                draft.kind(),
                                actor,
                                now)),
                        KeyChangeResult::refused);
    }

    private IssuedKey issue(Owner owner, EditableKeySettings settings, KeyKind kind, Actor actor, Instant now) {
        IssuedKey issued = new KeyIssuer(keyService)
                .issue(
                        new KeyIssuer.Origin(
                                owner,
                                kind,
                                actor,
                                KeycloakModelUtils.generateId(),
                                Optional.empty(),
                                Optional.empty()),
                        settings,
                        now);
        keyService.listing.show(issued.key(), now);
        keyService.audit.created(issued.key());
        return issued;
    }

    private static Optional<KeyChangeRefusal> permission(RealmPolicy policy, OwnerPolicy terms, Actor actor) {
        if (actor.administrator() || terms.mayCreate()) {
            return Optional.empty();
        }
        return Optional.of(
                policy.creation() == SelfServiceMode.PLAN
                        ? KeyChangeRefusal.of(PLAN_REQUIRED, "Creating API keys needs a plan that includes them.")
                        : KeyChangeRefusal.of(NOT_ALLOWED, "In this realm only administrators create API keys."));
    }

    static Optional<KeyChangeRefusal> kind(KeyKind kind, RealmPolicy policy) {
        if (!policy.kinds().contains(kind)) {
            String detail = "The policy of this realm does not allow " + kind.label() + " keys.";
            return Optional.of(KeyChangeRefusal.invalid("kind", detail));
        }
        return Optional.empty();
    }

    private Optional<KeyChangeRefusal> quota(Owner owner, NewKey draft, OwnerPolicy terms, Instant now) {
        KeyQuota quota = keyService.quota();
        Optional<KeyChangeRefusal> slot = draft.enabled() ? quota.slot(owner, NO_FAMILY, terms, now) : Optional.empty();
        return slot.or(() -> quota.anotherKey(owner, now));
    }

    static Optional<KeyChangeRefusal> nameUnfit(
            KeyService keyService, Owner owner, String name, String family, Instant now) {
        Optional<String> narrow = keyService.keys.columnTooNarrowFor(name);
        if (narrow.isPresent()) {
            return Optional.of(KeyChangeRefusal.invalid(
                    "name",
                    "must not contain characters above U+FFFF, such as emoji: Keycloak's column " + narrow.get()));
        }
        return keyService.keys.nameTaken(keyService.realm.getId(), owner.id(), name, family, now)
                ? Optional.of(KeyChangeRefusal.of(NAME_TAKEN, "Another active key of this owner has that name."))
                : Optional.empty();
    }
}
