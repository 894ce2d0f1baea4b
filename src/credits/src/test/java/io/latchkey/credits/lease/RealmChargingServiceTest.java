package io.latchkey.credits.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.latchkey.charging.Charge;
import io.latchkey.charging.ChargeMode;
import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.MethodAndPath;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.credits.ledger.Settlement;
import io.latchkey.credits.pricing.Price;
import io.latchkey.credits.pricing.PriceList;
import io.latchkey.fakes.MemoryLedger;
import io.latchkey.fakes.MovingClock;
import io.latchkey.fakes.RealmStub;
import io.latchkey.fakes.Stub;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Who may say how a call went. */
class RealmChargingServiceTest {

    private static final Allowance ALLOWANCE = Allowance.parse("10/month").orElseThrow();
    private static final Predicate<String> NOBODYS = api -> false;

    private final MovingClock clock = new MovingClock();
    private final MemoryLedger ledger = new MemoryLedger(clock);
    private final CreditEngine node = node();
    private final RealmChargingService realmChargingService = realmChargingService(new RealmStub().model(), node);
    private final RealmChargingService elsewhere = realmChargingService(new RealmStub().model(), node());
    private final RealmChargingService foreign = realmChargingService(
            Stub.of(RealmModel.class).with("getId", "another").make(), node);

    private CreditEngine node() {
        return ledger.node();
    }

    private static RealmChargingService realmChargingService(RealmModel realm, CreditEngine node) {
        return new RealmChargingService(realm, ZoneOffset.UTC, null, node);
    }

    private Settlement settlement(String api) {
        CreditAccount account = new CreditAccount("realm", "owner", api);
        CreditAmount cost = CreditAmount.of(1);
        ChargeResult charge =
                node.charge(account, ALLOWANCE, ZoneOffset.UTC, new ChargeRequest(cost, Optional.empty(), false));
        return Settlement.settled(
                assertInstanceOf(ChargeResult.Paid.class, charge)
                        .reservation()
                        .flatMap(reservation -> ReservationId.parse(reservation.id()))
                        .orElseThrow(),
                cost);
    }

    @Test
    void onlyReservationsOfThoseApisEnd() {
        Settlement own = settlement("rest");
        Settlement other = settlement("batch");

        assertEquals(
                List.of(new SettlementReply.Unknown(), new SettlementReply.Ended(own), new SettlementReply.Unknown()),
                realmChargingService.settle(List.of(other, own, other), "rest"::equals));
        assertEquals(
                List.of(new SettlementReply.Ended(other)),
                realmChargingService.settle(List.of(other), "batch"::equals));
    }

    @Test
    void atAnotherNodeNothingIsRecordedEither() {
        Settlement settlement = settlement("rest");

        assertEquals(List.of(new SettlementReply.Unknown()), elsewhere.settle(List.of(settlement), NOBODYS));
        node.tick();
        assertEquals(
                List.of(new SettlementReply.Ended(settlement)),
                realmChargingService.settle(List.of(settlement), "rest"::equals));
        assertEquals(
                List.of(new SettlementReply.Recorded(settlement)),
                elsewhere.settle(List.of(settlement), "rest"::equals));
    }

    @Test
    void whatEndedLongAgoIsStillNobodyElses() {
        Settlement settlement = settlement("rest");
        realmChargingService.settle(List.of(settlement), "rest"::equals);
        clock.advance(Duration.ofSeconds(20));
        node.tick();
        node.tick();

        assertEquals(List.of(new SettlementReply.Unknown()), realmChargingService.settle(List.of(settlement), NOBODYS));
        assertEquals(List.of(new SettlementReply.Unknown()), foreign.settle(List.of(settlement), "rest"::equals));
        assertEquals(
                List.of(new SettlementReply.Ended(settlement)),
                realmChargingService.settle(List.of(settlement), "rest"::equals));
    }

    @Test
    void whereNobodyCanTellItMayBeAskedAgain() {
        Settlement settlement = settlement("rest");
        ledger.next(MemoryLedger.Trouble.NOT_HEARD);

        assertEquals(List.of(new SettlementReply.Unavailable()), elsewhere.settle(List.of(settlement), "rest"::equals));
        assertEquals(
                List.of(new SettlementReply.Recorded(settlement)),
                elsewhere.settle(List.of(settlement), "rest"::equals));
    }

    @Test
    void whatWasFreeIsFreeWhereNobodyCanTellWhatMayBeSpent() {
        ClientModel api = Stub.of(ClientModel.class).with("getId", "rest").make();
        UserModel owner = Stub.of(UserModel.class).with("getId", "owner").make();
        Price price = new Price(Optional.empty(), PriceList.parse("0"));
        Charge charge = realmChargingService
                .pendingCharge(api, price, () -> MethodAndPath.UNKNOWN, ChargeMode.RESERVE)
                .charge(owner, Optional.empty());

        assertInstanceOf(ChargeResult.Paid.class, charge.result());
        // Its terms are none, which is as good as a database that is away.
        assertEquals(Optional.empty(), charge.repeatable());
    }

    @Test
    void theLedgerIsAskedOnceWhoseARowIs() {
        Settlement settlement = settlement("rest");
        elsewhere.settle(List.of(settlement), NOBODYS);
        int questions = ledger.questions();

        elsewhere.settle(List.of(settlement), NOBODYS);
        realmChargingService.settle(List.of(settlement), NOBODYS);

        assertEquals(questions, ledger.questions());
    }
}
