package io.latchkey.enforcement;

import io.latchkey.keycloak.OwnerCache;
import io.latchkey.keys.OwnerPlans;
import io.latchkey.model.ApiKey;
import io.latchkey.policy.KeyQuotaMaximum;
import io.latchkey.verify.KeyPlacement;
import io.latchkey.verify.RememberedKeys;
import java.time.Clock;
import java.util.OptionalInt;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Suspends keys above the limit of the realm and the owner's plans, which is worked out once until either changes. */
public final class PolicyKeyQuotaCheck implements KeyPlacement {

    private final OwnerCache memory;
    private final RememberedKeys known;
    private final Clock clock;

    public PolicyKeyQuotaCheck(OwnerCache memory, RememberedKeys known, Clock clock) {
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
                memory.beside(owner), KeyQuotaMaximum.class, () -> KeyQuotaMaximum.of(realm::getAttribute, OwnerPlans.of(owner)));
        return ceiling.isPresent()
                && known.places(key, owner, clock.instant())
                        .isBeyond(ceiling.getAsInt(), key.family(), key.origin().familySince(), clock.instant());
    }
}
