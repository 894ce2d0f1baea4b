package io.latchkey.verify;

import io.latchkey.keycloak.OwnerCache;
import io.latchkey.keys.OwnerPlans;
import io.latchkey.model.ApiKey;
import io.latchkey.policy.KeyQuotaSlots;
import java.time.Clock;
import java.util.OptionalInt;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Decides whether a key is suspended because its owner has more keys than policy and plans allow. The quota is cached
 * until policy or plans change.
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
        if (!KeyQuotaSlots.isLimited(realm::getAttribute)) {
            return false;
        }
        OptionalInt maximum = ownerCache.computeIfAbsent(
                ownerCache.attachments(owner),
                OptionalInt.class,
                () -> KeyQuotaSlots.maximum(realm::getAttribute, OwnerPlans.of(owner)));
        return maximum.isPresent()
                && known.quotaSlots(key, owner, clock.instant())
                        .isBeyond(maximum.getAsInt(), key.family(), key.origin().familySince(), clock.instant());
    }
}
