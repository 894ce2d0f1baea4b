package io.latchkey.credits;

import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.key.KeyId;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.Settlement;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Where the doors of one realm pay for calls. */
public final class Till {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(Till.class));

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

    public Bill bill(ClientModel api, Price price, Supplier<Call> call, Charging charging) {
        return new Bill(this, api, price, price.of(call), charging);
    }

    Optional<StandingOrder> order(UserModel owner, Optional<KeyId> key, Bill bill, boolean settled) {
        CreditAccount account = CreditTerms.account(realm, owner, bill.api());
        // A call that was free has not asked before.
        return allowance(owner, bill).map(allowance -> credits.order(account, allowance, bill.price(), key, settled));
    }

    /** Empty where nobody can tell. */
    private Optional<Allowance> allowance(UserModel owner, Bill bill) {
        try {
            return Optional.of(terms.of(owner, bill.api()));
        } catch (RuntimeException unreachable) {
            LOG.warn("What an owner may spend cannot be read, so paid calls are answered 503", unreachable);
            return Optional.empty();
        }
    }

    Charge charge(UserModel owner, Optional<KeyId> key, Bill bill) {
        CreditAccount account = CreditTerms.account(realm, owner, bill.api());
        if (bill.cost().isZero()) {
            return credits.free(account);
        }
        return allowance(owner, bill)
                .map(allowance -> charge(account, allowance, key, bill))
                .orElseGet(() -> new Charge.Unavailable(bill.cost()));
    }

    private Charge charge(CreditAccount account, Allowance allowance, Optional<KeyId> key, Bill bill) {
        return bill.charging() == Charging.QUOTED
                ? credits.quote(account, allowance, zone, bill.cost())
                : credits.charge(
                        account, allowance, zone, new Payment(bill.cost(), key, bill.charging() == Charging.SETTLED));
    }

    List<Ending> end(List<Settlement> wishes) {
        return credits.end(realm.getId(), wishes);
    }

    /**
     * Ends reservations for somebody who may not end all of them: whoever may not hears no more than if there were none.
     *
     * @param apis tells by the id of an API whether its reservations are among them
     * @return an answer to each
     */
    public List<Ending> end(List<Settlement> wishes, Predicate<String> apis) {
        Map<String, CreditAccount> accounts;
        try {
            accounts = credits.accounts(
                    wishes.stream().map(wish -> wish.id().creditId()).collect(Collectors.toSet()));
        } catch (RuntimeException unreachable) {
            LOG.warn("Reservations cannot be read, so settling them is answered 503", unreachable);
            return Collections.nCopies(wishes.size(), new Ending.Unavailable());
        }
        Predicate<Settlement> permitted =
                wish -> Optional.ofNullable(accounts.get(wish.id().creditId()))
                        .filter(account -> account.realmId().equals(realm.getId()) && apis.test(account.apiId()))
                        .isPresent();
        Iterator<Ending> endings =
                end(wishes.stream().filter(permitted).toList()).iterator();
        return wishes.stream()
                .map(wish -> permitted.test(wish) ? endings.next() : new Ending.Unknown())
                .toList();
    }
}
