package io.latchkey.verify;

import io.latchkey.keycloak.OwnerCache;
import io.latchkey.keys.OwnerPlans;
import io.latchkey.policy.RateLimits;
import io.latchkey.policy.RealmPolicy;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.ratelimit.RateLimiter;
import io.latchkey.verify.Verification.Accepted;
import java.util.function.Function;
import org.keycloak.models.RealmModel;

/** Applies the rate limits of the realm's policy and the owner's plans. The limits are cached until policy or plans change. */
public final class PolicyRateLimitCheck implements RateLimitCheck {

    private final Function<RealmModel, RealmPolicy> policies;
    private final OwnerCache ownerCache;
    private final RateLimiter limiter;

    public PolicyRateLimitCheck(
            Function<RealmModel, RealmPolicy> policies, OwnerCache ownerCache, RateLimiter limiter) {
        this.policies = policies;
        this.ownerCache = ownerCache;
        this.limiter = limiter;
    }

    @Override
    public RateLimitStatus measure(RealmModel realm, Accepted accepted, boolean counted) {
        RealmPolicy policy = policies.apply(realm);
        // Plans only widen, so an unlimited realm has unlimited owners.
        if (policy.rates().isNone()) {
            return RateLimitStatus.UNLIMITED;
        }
        RateLimits limits = limits(policy, accepted);
        if (limits.isNone()) {
            return RateLimitStatus.UNLIMITED;
        }
        return counted ? limiter.consume(limits, accepted.key()) : limiter.peek(limits, accepted.key());
    }

    @Override
    public RateLimitStatus refund(Accepted accepted, RateLimitStatus rateLimits) {
        return limiter.refund(rateLimits, accepted.key());
    }

    private RateLimits limits(RealmPolicy policy, Accepted accepted) {
        return ownerCache.computeIfAbsent(
                ownerCache.attachments(accepted.owner()),
                RateLimits.class,
                () -> OwnerPlans.policyOf(accepted.owner(), policy).rates());
    }
}
