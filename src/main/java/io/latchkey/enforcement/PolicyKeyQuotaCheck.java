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

/** Suspends keys above the limit of the realm and the owner's plans, which is worked out once until either changes. */
public final class PolicyKeyQuotaCheck implements KeyQuotaCheck {

    private final OwnerCache memory;
    private final CachedKeyLookup known;
    private final Clock clock;

    public PolicyKeyQuotaCheck(OwnerCache memory, CachedKeyLookup known, Clock clock) {
        this.memory = memory;
        this.known = known;
        this.clock = clock;
    }

    @Override
    public boolean isSuspended(RealmModel realm, ApiKey key, UserModel owner) {
        if (!KeyQuotaMaximum.isSet(realm::getAttribute)) {
            return false;
        }
        OptionalInt ceiling = memory.derived(
                memory.beside(owner),
                KeyQuotaMaximum.class,
                () -> KeyQuotaMaximum.of(realm::getAttribute, OwnerPlans.of(owner)));
        return ceiling.isPresent()
                && known.places(key, owner, clock.instant())
                        .isBeyond(ceiling.getAsInt(), key.family(), key.origin().familySince(), clock.instant());
    }
}
