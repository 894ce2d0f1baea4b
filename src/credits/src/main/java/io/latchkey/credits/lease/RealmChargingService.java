package io.latchkey.credits.lease;

import io.latchkey.charging.Charge;
import io.latchkey.charging.ChargeMode;
import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.MethodAndPath;
import io.latchkey.charging.PendingCharge;
import io.latchkey.charging.SubsequentCallCharge;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.credits.ledger.Settlement;
import io.latchkey.credits.pricing.AllowanceResolver;
import io.latchkey.credits.pricing.Price;
import io.latchkey.key.KeyId;
import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.ReservationState;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Charges calls of one realm and settles their reservations, with the allowances that owners have there.
 *
 * @param zone time zone whose days and months begin the periods
 */
public record RealmChargingService(RealmModel realm, ZoneId zone, AllowanceResolver allowances, CreditEngine engine) {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(RealmChargingService.class));

    public PendingCharge pendingCharge(ClientModel api, Price price, Supplier<MethodAndPath> call, ChargeMode mode) {
        CreditAmount cost = price.of(call);
        return (owner, key) -> {
            PricedCall priced = new PricedCall(owner, key, api, price, cost);
            return new CreditCharge(this, priced, mode, charge(priced, mode));
        };
    }

    private ChargeResult charge(PricedCall call, ChargeMode mode) {
        CreditAccount account = AllowanceResolver.account(realm, call.owner(), call.api());
        if (call.cost().isZero()) {
            return engine.free(account);
        }
        Optional<Allowance> allowance = allowance(call);
        if (allowance.isEmpty()) {
            return new ChargeResult.Unavailable(call.cost());
        }
        if (mode == ChargeMode.QUOTE) {
            return engine.quote(account, allowance.get(), zone, call.cost());
        }
        ChargeRequest chargeRequest = new ChargeRequest(call.cost(), call.key(), mode == ChargeMode.SETTLE);
        return engine.charge(account, allowance.get(), zone, chargeRequest);
    }

    /** Empty if the allowance cannot be read. */
    private Optional<Allowance> allowance(PricedCall call) {
        try {
            return Optional.of(allowances.resolve(call.owner(), call.api()));
        } catch (RuntimeException unreachable) {
            LOG.warn("What an owner may spend cannot be read, so paid calls are answered 503", unreachable);
            return Optional.empty();
        }
    }

    /** A call of an owner at an API, with its price. */
    private record PricedCall(UserModel owner, Optional<KeyId> key, ClientModel api, Price price, CreditAmount cost) {}

    /** Holds the charge for one call. */
    private record CreditCharge(RealmChargingService service, PricedCall call, ChargeMode mode, ChargeResult result)
            implements Charge {

        @Override
        public Charge settle() {
            if (!(result instanceof ChargeResult.Paid paid)) {
                return this;
            }
            boolean failed = settle(id -> Settlement.settled(id, call.cost()))
                    .filter(reply -> reply.outcome()
                            .filter(actual -> actual.outcome() == ReservationState.SETTLED)
                            .isEmpty())
                    .isPresent();
            return new CreditCharge(
                    service,
                    call,
                    // Further calls are settled at once as well.
                    mode == ChargeMode.RESERVE ? ChargeMode.SETTLE : mode,
                    failed ? new ChargeResult.Unavailable(call.cost()) : paid.ended());
        }

        @Override
        public void release() {
            settle(Settlement::released);
        }

        /** Empty if nothing is reserved. */
        private Optional<SettlementReply> settle(Function<ReservationId, Settlement> outcome) {
            if (!(result instanceof ChargeResult.Paid paid)) {
                return Optional.empty();
            }
            return paid.reservation()
                    .map(reservation -> ReservationId.parse(reservation.id()).orElseThrow())
                    .map(id -> service.settle(List.of(outcome.apply(id))).get(0));
        }

        @Override
        public Optional<SubsequentCallCharge> repeatable() {
            return mode == ChargeMode.QUOTE || !(result instanceof ChargeResult.Paid)
                    ? Optional.empty()
                    : service.repeatable(call, mode == ChargeMode.SETTLE);
        }
    }

    private Optional<SubsequentCallCharge> repeatable(PricedCall call, boolean settled) {
        CreditAccount account = AllowanceResolver.account(realm, call.owner(), call.api());
        // The allowance of a free call was not read before.
        return allowance(call)
                .map(allowance -> engine.repeatable(account, allowance, call.price(), call.key(), settled));
    }

    List<SettlementReply> settle(List<Settlement> settlements) {
        return engine.settle(realm.getId(), settlements);
    }

    /**
     * Settles reservations for a client that may settle only those of some APIs. Other reservations are reported as unknown.
     *
     * @param apis accepts the ids of the APIs whose reservations the client may settle
     * @return a result for each, in the same order
     */
    public List<SettlementReply> settle(List<Settlement> settlements, Predicate<String> apis) {
        Map<String, CreditAccount> accounts;
        try {
            accounts = engine.accounts(settlements.stream()
                    .map(settlement -> settlement.id().creditId())
                    .collect(Collectors.toSet()));
        } catch (RuntimeException unreachable) {
            LOG.warn("Reservations cannot be read, so settling them is answered 503", unreachable);
            return Collections.nCopies(settlements.size(), new SettlementReply.Unavailable());
        }
        Predicate<Settlement> permitted =
                settlement -> Optional.ofNullable(accounts.get(settlement.id().creditId()))
                        .filter(account -> account.realmId().equals(realm.getId()) && apis.test(account.apiId()))
                        .isPresent();
        Iterator<SettlementReply> results =
                settle(settlements.stream().filter(permitted).toList()).iterator();
        return settlements.stream()
                .map(settlement -> permitted.test(settlement) ? results.next() : new SettlementReply.Unknown())
                .toList();
    }
}
