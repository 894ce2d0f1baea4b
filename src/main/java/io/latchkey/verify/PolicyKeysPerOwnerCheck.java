package io.latchkey.verify;

import io.latchkey.keycloak.OwnerCache;
import io.latchkey.keys.OwnerPlans;
import io.latchkey.model.ApiKey;
import io.latchkey.policy.KeysPerOwnerLimit;
import java.time.Clock;
import java.util.OptionalInt;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Decides whether a key is suspended because its owner has more keys than policy and plans allow. The maximum is cached
 * until policy or plans change.
 */
public final class PolicyKeysPerOwnerCheck implements KeysPerOwnerCheck {

    private final OwnerCache ownerCache;
    private final CachedKeyLookup known;
    private final Clock clock;

    public PolicyKeysPerOwnerCheck(OwnerCache ownerCache, CachedKeyLookup known, Clock clock) {
        this.ownerCache = ownerCache;
        this.known = known;
        this.clock = clock;
    }

    @Override
    public boolean isSuspended(RealmModel realm, ApiKey key, UserModel owner) {
        if (!KeysPerOwnerLimit.isLimited(realm::getAttribute)) {
            return false;
        }
        OptionalInt maximum = ownerCache.computeIfAbsent(
                ownerCache.attachments(owner),
                OptionalInt.class,
                () -> KeysPerOwnerLimit.maximum(realm::getAttribute, OwnerPlans.of(owner)));
        return maximum.isPresent()
                && known.keysPerOwner(key, owner, clock.instant())
                        .isBeyond(maximum.getAsInt(), key.family(), key.origin().familySince(), clock.instant());
    }
}
