package io.latchkey.keys;

import static io.latchkey.keys.KeyChangeRefusal.Kind.NOT_ALLOWED;

import io.latchkey.key.KeyKind;
import io.latchkey.model.AddressRange;
import io.latchkey.model.Restrictions;
import io.latchkey.policy.FieldError;
import io.latchkey.policy.OwnerPolicy;
import io.latchkey.policy.RealmPolicy;
import io.latchkey.policy.ScopeAndClientResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.keycloak.models.RealmModel;

/** Decides which restrictions a key may have, and who may loosen them. */
final class RestrictionRule {

    private final ScopeAndClientResolver names;
    private final RealmPolicy policy;
    private final OwnerPolicy terms;
    private final Actor actor;

    RestrictionRule(RealmModel realm, RealmPolicy policy, OwnerPolicy terms, Actor actor) {
        this.names = new ScopeAndClientResolver(realm);
        this.policy = policy;
        this.terms = terms;
        this.actor = actor;
    }

    /** The restrictions of a new key. */
    KeyChangeResult<Restrictions> initial(KeyKind kind, RestrictionChange wanted) {
        return resolve(kind, Restrictions.NONE, wanted);
    }

    /**
     * Checks the restrictions that a rotation copies to a new key. Its scopes stay as they are: the policy says which ones people may
     * give, and a rotation gives none that the key has not got.
     */
    Optional<KeyChangeRefusal> copied(KeyKind kind, Restrictions current) {
        return refusal(missing(kind, current));
    }

    /** The restrictions of a key after a change. */
    KeyChangeResult<Restrictions> changed(KeyKind kind, Restrictions current, RestrictionChange wanted) {
        if (!isGiven(wanted)) {
            return KeyChangeResult.done(current);
        }
        KeyChangeResult<Restrictions> resolved = resolve(kind, current, wanted);
        // Who may not make keys may not make one of them reach further either.
        boolean narrowOnly = !actor.administrator() && !terms.mayCreate();
        return resolved.fold(
                next -> narrowOnly && !next.isWithin(current)
                        ? KeyChangeResult.refused(KeyChangeRefusal.of(
                                NOT_ALLOWED, "Only an administrator can loosen the restrictions of this key."))
                        : resolved,
                refusal -> resolved);
    }

    private static boolean isGiven(RestrictionChange wanted) {
        return Stream.of(wanted.scopes(), wanted.audiences(), wanted.addresses(), wanted.origins())
                .anyMatch(member -> !member.isAbsent());
    }

    private KeyChangeResult<Restrictions> resolve(KeyKind kind, Restrictions current, RestrictionChange wanted) {
        List<FieldError> wrong = new ArrayList<>();
        Restrictions next = new Restrictions(
                wanted.scopes()
                        .given()
                        .map(list -> scopes(list, current, wrong))
                        .orElse(current.scopes()),
                wanted.audiences()
                        .given()
                        .map(list -> ids(
                                "audiences", list, name -> audience(name, current), "there is no such client", wrong))
                        .orElse(current.audiences()),
                wanted.addresses().given().orElse(current.addresses()),
                wanted.origins().given().orElse(current.origins()));
        wrong.addAll(missing(kind, next));
        return refusal(wrong)
                .<KeyChangeResult<Restrictions>>map(KeyChangeResult::refused)
                .orElseGet(() -> KeyChangeResult.done(next));
    }

    /** What a key of that kind lacks under the policy of today. */
    private List<FieldError> missing(KeyKind kind, Restrictions restrictions) {
        List<FieldError> missing = new ArrayList<>();
        if (kind == KeyKind.PUBLISHABLE && restrictions.origins().isEmpty()) {
            missing.add(new FieldError("allowedOrigins", "a publishable key needs at least one"));
        }
        if (kind == KeyKind.SECRET && policy.requireIp()) {
            if (restrictions.addresses().isEmpty()) {
                missing.add(new FieldError("allowedIps", "the policy of this realm requires at least one"));
            } else if (AddressRange.admitEverything(restrictions.addresses())) {
                missing.add(
                        new FieldError(
                                "allowedIps",
                                "must not admit every IPv4 or every IPv6 address: the policy of this realm requires a restriction"));
            }
        }
        return missing;
    }

    private static Optional<KeyChangeRefusal> refusal(List<FieldError> wrong) {
        return wrong.isEmpty()
                ? Optional.empty()
                : Optional.of(new KeyChangeRefusal(KeyChangeRefusal.Kind.INVALID, "The request is not valid.", wrong));
    }

    private List<String> scopes(List<String> wanted, Restrictions current, List<FieldError> wrong) {
        List<String> held = names.scopes(current.scopes());
        Function<String, Optional<String>> find = name -> policy.scopes().contains(name) || held.contains(name)
                ? names.scopeId(name)
                : names.scopeId(name).filter(id -> actor.administrator() && isVisibleScope(id));
        for (int i = 0; i < wanted.size(); i++) {
            if (!held.contains(wanted.get(i)) && takesParameter(find.apply(wanted.get(i)))) {
                wrong.add(new FieldError("scopes[" + i + "]", "takes a parameter, which no key can name"));
            }
        }
        return ids("scopes", wanted, find, "there is no such client scope, or the policy does not offer it", wrong);
    }

    private Optional<String> audience(String name, Restrictions current) {
        return names.audienceId(name)
                .filter(id -> current.audiences().contains(id)
                        || names.clients(List.of(id)).stream().allMatch(actor.visibility()::canSee));
    }

    /** Every realm has {@code openid}, which is no client scope. */
    private boolean isVisibleScope(String id) {
        return names.scope(id).stream().allMatch(actor.visibility()::canSee);
    }

    /** Keycloak makes no token with such a scope alone, and a key has no place for the parameter. */
    private boolean takesParameter(Optional<String> scopeId) {
        return scopeId.flatMap(names::scope)
                .filter(scope -> scope.isParameterizedScope())
                .isPresent();
    }

    private static List<String> ids(
            String field,
            List<String> wanted,
            Function<String, Optional<String>> find,
            String fault,
            List<FieldError> wrong) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Optional<String> id = find.apply(wanted.get(i));
            if (id.isEmpty()) {
                wrong.add(new FieldError(field + "[" + i + "]", fault));
            }
            id.filter(it -> !ids.contains(it)).ifPresent(ids::add);
        }
        return ids;
    }
}
