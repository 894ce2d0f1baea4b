package io.latchkey.enforcement;

import io.latchkey.keycloak.OwnerCache;
import io.latchkey.keys.OwnerPlans;
import io.latchkey.policy.RateLimits;
import io.latchkey.policy.RealmPolicy;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.ratelimit.RateLimiter;
import io.latchkey.verify.RateLimitCheck;
import io.latchkey.verify.Verification.Accepted;
import java.util.function.Function;
import org.keycloak.models.RealmModel;

/** Counts uses by the limits of the realm and of the owner's plans, which are worked out once until either changes. */
public final class PolicyRateLimitCheck implements RateLimitCheck {

    private final Function<RealmModel, RealmPolicy> policies;
    private final OwnerCache memory;
    private final RateLimiter limiter;

    public PolicyRateLimitCheck(Function<RealmModel, RealmPolicy> policies, OwnerCache memory, RateLimiter limiter) {
        this.policies = policies;
        this.memory = memory;
        this.limiter = limiter;
    }

    @Override
    public RateLimitStatus measure(RealmModel realm, Accepted accepted, boolean counted) {
        RealmPolicy policy = policies.apply(realm);
        // Plans only widen, so there is nothing to ask the owner for.
        if (policy.rates().isNone()) {
            return RateLimitStatus.UNLIMITED;
        }
        RateLimits limits = limits(policy, accepted);
        if (limits.isNone()) {
            return RateLimitStatus.UNLIMITED;
        }
        return counted ? limiter.take(limits, accepted.key()) : limiter.look(limits, accepted.key());
    }

    @Override
    public RateLimitStatus giveBack(Accepted accepted, RateLimitStatus standing) {
        return limiter.giveBack(standing, accepted.key());
    }

    private RateLimits limits(RealmPolicy policy, Accepted accepted) {
        return memory.derived(
                memory.beside(accepted.owner()),
                RateLimits.class,
                () -> OwnerPlans.termsOf(accepted.owner(), policy).rates());
    }
}
