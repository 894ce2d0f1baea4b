package io.latchkey.credits;

import io.latchkey.key.KeyId;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.Settlement;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Where the doors of one realm pay for calls. */
public final class Till {

    private static final Logger LOG = Logger.getLogger(Till.class);

    private final RealmModel realm;
    private final ZoneId zone;
    private final CreditTerms terms;
    private final NodeCredits credits;

    /** @param zone whose days and months count */
    public Till(RealmModel realm, ZoneId zone, CreditTerms terms, NodeCredits credits) {
        this.realm = realm;
        this.zone = zone;
        this.terms = terms;
        this.credits = credits;
    }

    /** @param dry whether it is a question only */
    public Bill bill(ClientModel api, Price price, Supplier<Call> call, boolean dry) {
        return new Bill(this, api, price, price.of(call), dry);
    }

    StandingOrder order(UserModel owner, Optional<KeyId> key, Bill bill, boolean settled) {
        return new StandingOrder(
                credits,
                CreditTerms.account(realm, owner, bill.api()),
                terms.of(owner, bill.api()),
                bill.price(),
                key,
                settled);
    }

    Charge charge(UserModel owner, Optional<KeyId> key, Bill bill) {
        CreditAccount account = CreditTerms.account(realm, owner, bill.api());
        if (bill.cost().isZero()) {
            return credits.free(account);
        }
        Allowance allowance;
        try {
            allowance = terms.of(owner, bill.api());
        } catch (RuntimeException unreachable) {
            LOG.debugf(unreachable, "Nobody can tell what may be spent");
            return new Charge.Unavailable(bill.cost());
        }
        return bill.isDry()
                ? credits.quote(account, allowance, zone, bill.cost())
                : credits.charge(account, allowance, zone, bill.cost(), key);
    }

    /** An answer to each. */
    public List<Ending> end(List<Settlement> wishes) {
        return credits.end(realm.getId(), wishes);
    }
}
