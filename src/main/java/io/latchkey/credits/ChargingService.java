package io.latchkey.credits;

import io.latchkey.key.KeyId;
import io.latchkey.keycloak.ThrottledLog;
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
public final class ChargingService {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(ChargingService.class));

    private final RealmModel realm;
    private final ZoneId zone;
    private final AllowanceResolver terms;
    private final CreditEngine credits;

    /** @param zone whose days and months count */
    public ChargingService(RealmModel realm, ZoneId zone, AllowanceResolver terms, CreditEngine credits) {
        this.realm = realm;
        this.zone = zone;
        this.terms = terms;
        this.credits = credits;
    }

    public PendingCharge pendingCharge(ClientModel api, Price price, Supplier<ApiCall> call, ChargeMode chargeMode) {
        return new PendingCharge(this, api, price, price.of(call), chargeMode);
    }

    Optional<RepeatableCharge> order(
            UserModel owner, Optional<KeyId> key, PendingCharge pendingCharge, boolean settled) {
        CreditAccount account = AllowanceResolver.account(realm, owner, pendingCharge.api());
        // A call that was free has not asked before.
        return allowance(owner, pendingCharge)
                .map(allowance -> credits.order(account, allowance, pendingCharge.price(), key, settled));
    }

    /** Empty where nobody can tell. */
    private Optional<Allowance> allowance(UserModel owner, PendingCharge pendingCharge) {
        try {
            return Optional.of(terms.of(owner, pendingCharge.api()));
        } catch (RuntimeException unreachable) {
            LOG.warn("What an owner may spend cannot be read, so paid calls are answered 503", unreachable);
            return Optional.empty();
        }
    }

    ChargeResult charge(UserModel owner, Optional<KeyId> key, PendingCharge pendingCharge) {
        CreditAccount account = AllowanceResolver.account(realm, owner, pendingCharge.api());
        if (pendingCharge.cost().isZero()) {
            return credits.free(account);
        }
        return allowance(owner, pendingCharge)
                .map(allowance -> charge(account, allowance, key, pendingCharge))
                .orElseGet(() -> new ChargeResult.Unavailable(pendingCharge.cost()));
    }

    private ChargeResult charge(
            CreditAccount account, Allowance allowance, Optional<KeyId> key, PendingCharge pendingCharge) {
        return pendingCharge.chargeMode() == ChargeMode.QUOTED
                ? credits.quote(account, allowance, zone, pendingCharge.cost())
                : credits.charge(
                        account,
                        allowance,
                        zone,
                        new ChargeRequest(pendingCharge.cost(), key, pendingCharge.chargeMode() == ChargeMode.SETTLED));
    }

    List<SettlementResult> end(List<Settlement> wishes) {
        return credits.end(realm.getId(), wishes);
    }

    /**
     * Ends reservations for somebody who may not end all of them: whoever may not hears no more than if there were none.
     *
     * @param apis tells by the id of an API whether its reservations are among them
     * @return an answer to each
     */
    public List<SettlementResult> end(List<Settlement> wishes, Predicate<String> apis) {
        Map<String, CreditAccount> accounts;
        try {
            accounts = credits.accounts(
                    wishes.stream().map(wish -> wish.id().creditId()).collect(Collectors.toSet()));
        } catch (RuntimeException unreachable) {
            LOG.warn("Reservations cannot be read, so settling them is answered 503", unreachable);
            return Collections.nCopies(wishes.size(), new SettlementResult.Unavailable());
        }
        Predicate<Settlement> permitted =
                wish -> Optional.ofNullable(accounts.get(wish.id().creditId()))
                        .filter(account -> account.realmId().equals(realm.getId()) && apis.test(account.apiId()))
                        .isPresent();
        Iterator<SettlementResult> endings =
                end(wishes.stream().filter(permitted).toList()).iterator();
        return wishes.stream()
                .map(wish -> permitted.test(wish) ? endings.next() : new SettlementResult.Unknown())
                .toList();
    }
}
