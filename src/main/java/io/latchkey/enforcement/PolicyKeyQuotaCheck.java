package io.latchkey.enforcement;

import io.latchkey.keycloak.OwnerCache;
import io.latchkey.keys.OwnerPlans;
import io.latchkey.model.ApiKey;
import io.latchkey.policy.KeyQuotaMaximum;
import io.latchkey.verify.CachedKeyLookup;
import io.latchkey.verify.KeyQuotaCheck;
import java.time.Clock;
import java.util.OptionalInt;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Suspends the keys above the quota of the realm's policy and the owner's plans. The quota is cached until policy or plans
 * change.
 */
public final class PolicyKeyQuotaCheck implements KeyQuotaCheck {

    private final OwnerCache ownerCache;
    private final CachedKeyLookup known;
    private final Clock clock;

    public PolicyKeyQuotaCheck(OwnerCache ownerCache, CachedKeyLookup known, Clock clock) {
        this.ownerCache = ownerCache;
        this.known = known;
        this.clock = clock;
    }

    @Override
    public boolean isSuspended(RealmModel realm, ApiKey key, UserModel owner) {
        if (!KeyQuotaMaximum.isSet(realm::getAttribute)) {
            return false;
        }
        OptionalInt ceiling = ownerCache.computeIfAbsent(
                ownerCache.attachments(owner),
                KeyQuotaMaximum.class,
                () -> KeyQuotaMaximum.of(realm::getAttribute, OwnerPlans.of(owner)));
        return ceiling.isPresent()
                && known.quotaSlots(key, owner, clock.instant())
                        .isBeyond(ceiling.getAsInt(), key.family(), key.origin().familySince(), clock.instant());
    }
}
