package io.latchkey.rest.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.ApiKeysProvider;
import io.latchkey.charging.ChargingProvider;
import io.latchkey.http.ProblemType;
import io.latchkey.keycloak.AccountCaller;
import io.latchkey.keys.OwnerPlans;
import io.latchkey.keys.RotationRequest;
import io.latchkey.policy.KeysPerOwnerLimit;
import io.latchkey.policy.OwnerPolicy;
import io.latchkey.policy.RateLimits;
import io.latchkey.policy.RealmPolicy;
import io.latchkey.policy.RealmPolicy.SelfServiceMode;
import io.latchkey.policy.ScopeAndClientResolver;
import io.latchkey.rest.KeyResponses;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Writes as JSON what a caller may do under the realm's policy and the caller's plans, and why creating a key is refused.
 */
final class SelfServicePolicy {

    private final KeycloakSession session;
    private final ApiKeysProvider apiKeysProvider;
    private final RealmModel realm;

    SelfServicePolicy(KeycloakSession session) {
        this.session = session;
        this.apiKeysProvider = ApiKeysProvider.of(session);
        this.realm = session.getContext().getRealm();
    }

    ObjectNode describe(AccountCaller caller) {
        UserModel user = caller.user();
        RealmPolicy policy = apiKeysProvider.policy(realm);
        OwnerPolicy terms = OwnerPlans.policyOf(user, policy);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        putKeys(json, caller, policy, terms);
        putChoices(json, policy);
        json.putObject("limits")
                .put("rateLimit", RateLimits.text(terms.rates().key()))
                .put("ownerRateLimit", RateLimits.text(terms.rates().owner()));
        ChargingProvider.of(session).ifPresent(charging -> json.set("credits", charging.describe(user)));
        json.put("requireIp", policy.requireIp());
        json.put("reauthAge", policy.reauthAge().map(Duration::toString).orElse(null));
        var gracePeriods = json.putArray("gracePeriods");
        RotationRequest.GRACE_PERIODS.forEach(gracePeriod -> gracePeriods.add(gracePeriod.toString()));
        ScopeAndClientResolver names = new ScopeAndClientResolver(realm);
        json.put("clientRequired", policy.client().flatMap(names::openClient).isEmpty());
        json.put("exampleUrl", policy.exampleUrl().map(URI::toString).orElse(null));
        return json;
    }

    /** Whether there may be another one, and for how long. */
    private void putKeys(ObjectNode json, AccountCaller caller, RealmPolicy policy, OwnerPolicy terms) {
        UserModel user = caller.user();
        Instant now = apiKeysProvider.clock().instant();
        int used = KeysPerOwnerLimit.of(apiKeysProvider.keyStore().living(realm.getId(), user.getId(), now))
                .occupiedAt(now);
        Optional<String> reason = new ManagementTokenCheck(session, policy)
                .barrier(caller)
                .map(refusal -> KeyResponses.type(refusal.kind()).slug())
                .or(() -> reason(policy, terms, used));
        json.put("mayCreate", reason.isEmpty());
        json.put("reason", reason.orElse(null));
        json.put("upgradeUrl", policy.upgradeUrl().map(URI::toString).orElse(null));
        var plans = json.putArray("plans");
        OwnerPlans.names(user).forEach(plans::add);
        json.put("keys", used);
        json.put("maxKeys", terms.maxKeys());
        json.put(
                "defaultLifetime",
                terms.defaultLifetime().shorterOf(terms.maxLifetime()).toString());
        json.put("maxLifetime", terms.maxLifetime().toString());
    }

    /** What it may be restricted to. */
    private void putChoices(ObjectNode json, RealmPolicy policy) {
        ScopeAndClientResolver names = new ScopeAndClientResolver(realm);
        var kinds = json.putArray("kinds");
        policy.kinds().forEach(kind -> kinds.add(kind.label()));
        var scopes = json.putArray("scopes");
        policy.scopes().stream().filter(name -> names.scopeId(name).isPresent()).forEach(scopes::add);
        ObjectNode descriptions = json.putObject("scopeDescriptions");
        policy.scopes().forEach(name -> names.scopeDescription(name).ifPresent(text -> descriptions.put(name, text)));
    }

    /** The last part of the problem's type that creating a key would be answered with. */
    private static Optional<String> reason(RealmPolicy policy, OwnerPolicy terms, int used) {
        if (terms.mayCreate()) {
            return used < terms.maxKeys() ? Optional.empty() : Optional.of(ProblemType.TOO_MANY_KEYS.slug());
        }
        boolean planned = policy.creation() == SelfServiceMode.PLAN;
        return Optional.of((planned ? ProblemType.PLAN_REQUIRED : ProblemType.FORBIDDEN).slug());
    }
}
