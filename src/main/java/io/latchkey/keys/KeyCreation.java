package io.latchkey.keys;

import static io.latchkey.keys.KeyChangeRefusal.Kind.NAME_TAKEN;
import static io.latchkey.keys.KeyChangeRefusal.Kind.NOT_ALLOWED;
import static io.latchkey.keys.KeyChangeRefusal.Kind.PLAN_REQUIRED;

import io.latchkey.key.KeyKind;
import io.latchkey.model.Activation;
import io.latchkey.model.EditableKeySettings;
import io.latchkey.model.KeyLineage;
import io.latchkey.model.Owner;
import io.latchkey.model.Restrictions;
import io.latchkey.policy.OwnerPolicy;
import io.latchkey.policy.RealmPolicy;
import io.latchkey.policy.RealmPolicy.SelfServiceMode;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Creates a key under the policy of its realm and the plans of its owner. */
public record KeyCreation(KeyContext context) {

    /** A new key begins a family that no other key is of. */
    private static final String NO_FAMILY = "";

    public KeyChangeResult<IssuedKey> create(Owner owner, NewKey request, Actor actor) {
        if (actor.barrier().isPresent()) {
            return KeyChangeResult.refused(actor.barrier().get());
        }
        // Before anything is read that the limits depend on.
        boolean present = context.keys().lockOwnerForNewKey(context.realm().getId(), owner.id());
        UserModel user = present ? context.user(owner) : null;
        if (user == null) {
            return KeyChangeResult.refused(KeyChangeRefusal.invalid("owner", "There is no such owner."));
        }
        RealmPolicy policy = context.policy();
        OwnerPolicy ownerPolicy = OwnerPlans.policyOf(user, policy);
        Instant now = context.now();
        return permission(policy, ownerPolicy, actor)
                .or(() -> kind(request.kind(), policy))
                .or(() -> ExpiryRule.check(request.expiresAt(), now, now, ownerPolicy))
                .or(() -> keysPerOwner(owner, request, ownerPolicy, now))
                .or(() -> name(context, owner, request.name(), NO_FAMILY, now))
                .<KeyChangeResult<IssuedKey>>map(KeyChangeResult::refused)
                .orElseGet(() -> new RestrictionRule(context.realm(), policy, ownerPolicy, actor)
                        .initial(request.kind(), request.restrictions())
                        .map(restrictions -> {
                            Optional<Instant> end = ExpiryRule.resolve(request.expiresAt(), now, ownerPolicy);
                            return issue(owner, request, restrictions, end, actor, now);
                        }));
    }

    private IssuedKey issue(
            Owner owner,
            NewKey request,
            Restrictions restrictions,
            Optional<Instant> expiresAt,
            Actor actor,
            Instant now) {
        Activation activation = request.enabled() ? Activation.ENABLED : actor.off();
        IssuedKey issued = context.issue(
                owner,
                request.kind(),
                new EditableKeySettings(request.name(), request.description(), activation, expiresAt, restrictions),
                new KeyLineage(
                        now, actor.userId(), actor.client(), KeycloakModelUtils.generateId(), now, Optional.empty()));
        context.syncCredential(issued.key());
        context.audit().created(issued.key());
        return issued;
    }

    private static Optional<KeyChangeRefusal> permission(RealmPolicy policy, OwnerPolicy ownerPolicy, Actor actor) {
        if (actor.administrator() || ownerPolicy.mayCreate()) {
            return Optional.empty();
        }
        return Optional.of(
                policy.creation() == SelfServiceMode.PLAN
                        ? KeyChangeRefusal.of(PLAN_REQUIRED, "Creating API keys needs a plan that includes them.")
                        : KeyChangeRefusal.of(NOT_ALLOWED, "In this realm only administrators create API keys."));
    }

    static Optional<KeyChangeRefusal> kind(KeyKind kind, RealmPolicy policy) {
        return policy.kinds().contains(kind)
                ? Optional.empty()
                : Optional.of(KeyChangeRefusal.invalid(
                        "kind", "The policy of this realm does not allow " + kind.label() + " keys."));
    }

    private Optional<KeyChangeRefusal> keysPerOwner(Owner owner, NewKey request, OwnerPolicy ownerPolicy, Instant now) {
        return Optional.of(context.keysPerOwner())
                .filter(rule -> request.enabled())
                .flatMap(rule -> rule.slot(owner, NO_FAMILY, ownerPolicy, now))
                .or(() -> context.keysPerOwner().anotherKey(owner, now));
    }

    /** Checks the name of a key of that family. */
    static Optional<KeyChangeRefusal> name(KeyContext context, Owner owner, String name, String family, Instant now) {
        Optional<KeyChangeRefusal> unstorable = context.keys()
                .columnTooNarrowFor(name)
                .map(column -> KeyChangeRefusal.invalid(
                        "name",
                        "must not contain characters above U+FFFF, such as emoji: Keycloak's column " + column));
        return unstorable.or(() -> context.keys().nameTaken(context.realm().getId(), owner.id(), name, family, now)
                ? Optional.of(KeyChangeRefusal.of(NAME_TAKEN, "Another active key of this owner has that name."))
                : Optional.empty());
    }
}
