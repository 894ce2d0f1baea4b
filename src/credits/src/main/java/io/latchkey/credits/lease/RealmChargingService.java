package io.latchkey.credits.lease;

import io.latchkey.charging.BillableCall;
import io.latchkey.charging.ChargeMode;
import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.PendingCharge;
import io.latchkey.charging.SubsequentCallCharge;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.Settlement;
import io.latchkey.credits.pricing.AllowanceResolver;
import io.latchkey.credits.pricing.Price;
import io.latchkey.key.KeyId;
import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.model.Allowance;
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

/** Charges calls of one realm and settles their reservations, with the allowances that owners have there. */
public final class RealmChargingService {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(RealmChargingService.class));

    private final RealmModel realm;
    private final ZoneId zone;
    private final AllowanceResolver allowances;
    private final CreditEngine engine;

    /** @param zone time zone whose days and months begin the periods */
    public RealmChargingService(RealmModel realm, ZoneId zone, AllowanceResolver allowances, CreditEngine engine) {
        this.realm = realm;
        this.zone = zone;
        this.allowances = allowances;
        this.engine = engine;
    }

    public PendingCharge pendingCharge(
            ClientModel api, Price price, Supplier<BillableCall> call, ChargeMode chargeMode) {
        return new CreditCharge(this, api, price, price.of(call), chargeMode);
    }

    Optional<SubsequentCallCharge> repeatable(
            UserModel owner, Optional<KeyId> key, CreditCharge pendingCharge, boolean settled) {
        CreditAccount account = AllowanceResolver.account(realm, owner, pendingCharge.api());
        // The allowance of a free call was not read before.
        return allowance(owner, pendingCharge)
                .map(allowance -> engine.repeatable(account, allowance, pendingCharge.price(), key, settled));
    }

    /** Empty if the allowance cannot be read. */
    private Optional<Allowance> allowance(UserModel owner, CreditCharge pendingCharge) {
        try {
            return Optional.of(allowances.resolve(owner, pendingCharge.api()));
        } catch (RuntimeException unreachable) {
            LOG.warn("What an owner may spend cannot be read, so paid calls are answered 503", unreachable);
            return Optional.empty();
        }
    }

    ChargeResult charge(UserModel owner, Optional<KeyId> key, CreditCharge pendingCharge) {
        CreditAccount account = AllowanceResolver.account(realm, owner, pendingCharge.api());
        if (pendingCharge.cost().isZero()) {
            return engine.free(account);
        }
        return allowance(owner, pendingCharge)
                .map(allowance -> charge(account, allowance, key, pendingCharge))
                .orElseGet(() -> new ChargeResult.Unavailable(pendingCharge.cost()));
    }

    private ChargeResult charge(
            CreditAccount account, Allowance allowance, Optional<KeyId> key, CreditCharge pendingCharge) {
        return pendingCharge.chargeMode() == ChargeMode.QUOTE
                ? engine.quote(account, allowance, zone, pendingCharge.cost())
                : engine.charge(
                        account,
                        allowance,
                        zone,
                        new ChargeRequest(pendingCharge.cost(), key, pendingCharge.chargeMode() == ChargeMode.SETTLE));
    }

    List<SettlementResult> settle(List<Settlement> settlements) {
        return engine.settle(realm.getId(), settlements);
    }

    /**
     * Settles reservations for a client that may settle only those of some APIs. Other reservations are reported as unknown.
     *
     * @param apis accepts the ids of the APIs whose reservations the client may settle
     * @return a result for each, in the same order
     */
    public List<SettlementResult> settle(List<Settlement> settlements, Predicate<String> apis) {
        Map<String, CreditAccount> accounts;
        try {
            accounts = engine.accounts(settlements.stream()
                    .map(settlement -> settlement.id().creditId())
                    .collect(Collectors.toSet()));
        } catch (RuntimeException unreachable) {
            LOG.warn("Reservations cannot be read, so settling them is answered 503", unreachable);
            return Collections.nCopies(settlements.size(), new SettlementResult.Unavailable());
        }
        Predicate<Settlement> permitted =
                settlement -> Optional.ofNullable(accounts.get(settlement.id().creditId()))
                        .filter(account -> account.realmId().equals(realm.getId()) && apis.test(account.apiId()))
                        .isPresent();
        Iterator<SettlementResult> results =
                settle(settlements.stream().filter(permitted).toList()).iterator();
        return settlements.stream()
                .map(settlement -> permitted.test(settlement) ? results.next() : new SettlementResult.Unknown())
                .toList();
    }
}
