package io.latchkey.credits.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.charging.ChargeResult;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.LedgerRowBalance;
import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.credits.ledger.Settlement;
import io.latchkey.fakes.MemoryLedger;
import io.latchkey.fakes.MemoryLedger.Trouble;
import io.latchkey.fakes.MovingClock;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CreditEngineTest {

    private static final CreditAccount ACCOUNT = new CreditAccount("realm", "owner", "api");
    private static final CreditAmount HALF = CreditAmount.parse("0.5").orElseThrow();

    private final MovingClock clock = new MovingClock();
    private final MemoryLedger ledger = new MemoryLedger(clock);
    private final CreditEngine a = node();
    private final CreditEngine b = node();
    private Allowance allowance = Allowance.parse("10/month").orElseThrow();

    private CreditEngine node() {
        return ledger.node();
    }

    @Test
    void manyCallsAskTheLedgerFewTimes() {
        allowance = Allowance.parse("1000000/month").orElseThrow();

        for (int i = 0; i < 100_000; i++) {
            settle(a, reserve(a, HALF));
            if (i % 1000 == 0) {
                clock.advance(Duration.ofMillis(100));
            }
        }
        a.tick();

        assertEquals(50_000_000_000L, ledger.only().totals().spent());
        assertTrue(ledger.questions() < 60, "questions: " + ledger.questions());
    }

    @Test
    void theLastCallIsPaidAndNoneAfterIt() {
        for (int i = 0; i < 20; i++) {
            settle(a, reserve(a, HALF));
        }

        assertInstanceOf(ChargeResult.Exhausted.class, charge(a, HALF));
        assertInstanceOf(ChargeResult.Exhausted.class, charge(b, new CreditAmount(1)));
    }

    @Test
    void twoNodesShareAnAllowanceToTheLastCall() {
        List<ReservationId> paid = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            clock.advance(Duration.ofSeconds(11));
            Stream.of(a, b).forEach(CreditEngine::tick);
            reservation(charge(i % 2 == 0 ? a : b, HALF)).ifPresent(id -> {
                paid.add(id);
                settle(id.node().equals(paid.get(0).node()) ? a : b, id);
            });
        }

        assertEquals(20, paid.size());
    }

    @Test
    void whoeverAsksOftenLeavesSomethingToOtherNodes() {
        allowance = Allowance.parse("25/month").orElseThrow();
        for (int i = 0; i < 20; i++) {
            settle(a, reserve(a, HALF));
        }
        for (int i = 0; i < 40; i++) {
            clock.advance(Duration.ofMillis(250));
            settle(a, reserve(a, new CreditAmount(1)));
        }

        assertInstanceOf(ChargeResult.Paid.class, charge(b, CreditAmount.of(2)));
    }

    @Test
    void whoeverKnocksAtAnEmptyPurseAsksTheLedgerOnceASecond() {
        reserve(a, CreditAmount.of(10));
        int before = ledger.questions();

        for (int i = 0; i < 1000; i++) {
            assertInstanceOf(ChargeResult.Exhausted.class, charge(a, HALF));
            clock.advance(Duration.ofMillis(2));
        }

        assertTrue(ledger.questions() - before <= 3, "questions: " + (ledger.questions() - before));
    }

    @Test
    void whatIsReleasedOrExpiresCanBeSpentAgain() {
        ReservationId first = reserve(a, CreditAmount.of(10));
        assertInstanceOf(ChargeResult.Exhausted.class, charge(a, HALF));

        end(a, Settlement.released(first));
        reserve(a, CreditAmount.of(10));
        clock.advance(Duration.ofSeconds(61));
        a.tick();
        settle(a, reserve(a, CreditAmount.of(10)));
        a.tick();

        assertEquals(10_000_000, ledger.only().totals().spent());
    }

    @Test
    void theFirstEndCountsAndIsSaidAgain() {
        ReservationId id = reserve(a, CreditAmount.of(4));

        Settlement less = Settlement.settled(id, CreditAmount.of(1));
        assertEquals(new SettlementReply.Ended(less), end(a, less));
        assertEquals(new SettlementReply.Ended(less), end(a, Settlement.settled(id, CreditAmount.of(4))));
        assertEquals(new SettlementReply.Ended(less), end(a, Settlement.released(id)));
        a.tick();

        assertEquals(1_000_000, ledger.only().totals().spent());
    }

    @Test
    void anotherNodeSettlesToo() {
        ReservationId id = reserve(a, CreditAmount.of(4));

        assertInstanceOf(SettlementReply.Recorded.class, end(b, Settlement.settled(id, CreditAmount.of(3))));
        a.tick();

        assertEquals(3_000_000, ledger.only().totals().spent());
        assertEquals(
                new SettlementReply.Ended(Settlement.settled(id, CreditAmount.of(3))), end(a, Settlement.released(id)));
    }

    @Test
    void whatHasExpiredIsReleasedAtAllNodes() {
        ReservationId id = reserve(a, CreditAmount.of(4));
        clock.advance(Duration.ofSeconds(61));
        a.tick();

        assertEquals(new SettlementReply.Ended(Settlement.expired(id)), end(a, Settlement.released(id)));
        assertEquals(
                new SettlementReply.Recorded(Settlement.expired(id)),
                end(b, Settlement.settled(id, CreditAmount.of(4))));
    }

    @Test
    void aReservationOfAnotherRealmOrOfNobodyIsUnknown() {
        ReservationId id = reserve(a, CreditAmount.of(4));
        ReservationId made = ReservationId.next(id.node(), id.creditId(), id.amount());

        assertEquals(
                new SettlementReply.Unknown(),
                a.settle("other", List.of(Settlement.released(id))).get(0));
        assertEquals(new SettlementReply.Unknown(), end(a, Settlement.released(made)));
    }

    @Test
    void idleNodesGiveBack() {
        settle(a, reserve(a, HALF));
        assertTrue(ledger.only().totals().leased() > 0);

        clock.advance(Duration.ofSeconds(11));
        a.tick();

        assertEquals(0, ledger.only().totals().leased());
    }

    @Test
    void aDeadNodesLeaseIsWrittenOffAndNotHandedOutAgain() {
        reserve(a, CreditAmount.of(6));
        clock.advance(LedgerRowBalance.LOST_AFTER.plusSeconds(1));

        assertInstanceOf(ChargeResult.Exhausted.class, charge(b, CreditAmount.of(6)));
        ledger.writeOff();
        long lost = ledger.only().totals().writtenOff();
        assertTrue(lost >= 6_000_000, "written off: " + lost);
        clock.advance(Duration.ofSeconds(2));
        assertInstanceOf(ChargeResult.Exhausted.class, charge(b, new CreditAmount(10_000_001 - lost)));
        assertInstanceOf(ChargeResult.Paid.class, charge(b, new CreditAmount(10_000_000 - lost)));
    }

    @Test
    void aNodeThatOnlyHungGoesOn() {
        ReservationId id = reserve(a, CreditAmount.of(6));
        settle(a, id);
        clock.advance(LedgerRowBalance.LOST_AFTER.plusSeconds(1));
        ledger.writeOff();
        assertTrue(ledger.only().totals().writtenOff() > 0);

        a.tick();

        assertEquals(0, ledger.only().totals().writtenOff());
        assertEquals(6_000_000, ledger.only().totals().spent());
    }

    @Test
    void aNodeThatStopsLeavesOnlyWhatIsReserved() {
        ReservationId settled = reserve(a, CreditAmount.of(3));
        ReservationId forgotten = reserve(a, CreditAmount.of(2));
        a.stop();
        assertEquals(5_000_000, ledger.only().totals().leased());

        end(b, Settlement.settled(settled, CreditAmount.of(3)));
        assertEquals(3_000_000, ledger.only().totals().spent());
        ledger.sweep();

        assertEquals(0, ledger.only().totals().leased());
        assertEquals(3_000_000, ledger.only().totals().spent(), forgotten::toString);
    }

    @Test
    void aSmallerAllowanceCountsAtOnceAndNeverBelowWhatIsGone() {
        settle(a, reserve(a, CreditAmount.of(6)));
        allowance = Allowance.parse("7/month").orElseThrow();

        assertInstanceOf(ChargeResult.Exhausted.class, charge(a, CreditAmount.of(2)));
        assertInstanceOf(ChargeResult.Paid.class, charge(a, CreditAmount.of(1)));
        allowance = Allowance.parse("1/month").orElseThrow();
        assertInstanceOf(ChargeResult.Exhausted.class, charge(a, HALF));
    }

    @Test
    void aNewMonthHasANewAllowanceAndAnOldReservationItsOldOne() {
        clock.advance(Duration.ofDays(31).minusSeconds(1));
        ReservationId late = reserve(a, CreditAmount.of(10));
        clock.advance(Duration.ofSeconds(1));

        settle(a, reserve(a, CreditAmount.of(9)));
        settle(a, late);
        a.tick();

        assertEquals(
                List.of(10_000_000L, 9_000_000L),
                ledger.entries().stream().map(entry -> entry.totals().spent()).toList());
    }

    @Test
    void withoutTheLedgerNothingIsGivenAwayAndNothingIsLost() {
        ReservationId id = reserve(a, CreditAmount.of(4));
        ledger.next(Trouble.NOT_HEARD);

        assertInstanceOf(ChargeResult.Unavailable.class, charge(a, CreditAmount.of(5)));
        settle(a, id);
        a.tick();

        assertEquals(4_000_000, ledger.only().totals().spent());
    }

    @Test
    void aLoanWhoseAnswerWasLostIsNotLost() {
        reserve(a, HALF);
        ledger.next(Trouble.NOT_ANSWERED);
        assertInstanceOf(ChargeResult.Unavailable.class, charge(a, CreditAmount.of(5)));

        settle(a, reserve(a, CreditAmount.of(9)));
        a.tick();

        assertEquals(9_000_000, ledger.only().totals().spent());
    }

    @Test
    void whatCostsNothingNeedsNoLedger() {
        ledger.next(Trouble.NOT_HEARD);
        ChargeResult.AllowanceStatus unknown = ChargeResult.AllowanceStatus.UNKNOWN;

        assertEquals(new ChargeResult.Paid(CreditAmount.ZERO, Optional.empty(), unknown), charge(a, CreditAmount.ZERO));
        assertEquals(0, ledger.questions());
        ledger.next(Trouble.NONE);
        reserve(a, CreditAmount.of(4));

        ChargeResult.Paid paid = assertInstanceOf(ChargeResult.Paid.class, charge(a, CreditAmount.ZERO));
        assertEquals(CreditAmount.of(6), paid.allowanceStatus().remaining());
        assertEquals(Optional.empty(), paid.reservation());
    }

    @Test
    void aReportThatFailsHoldsUpNoOther() {
        CreditAccount other = new CreditAccount("realm", "other", "api");
        settle(a, reserve(a, HALF));
        settle(
                a,
                reservation(a.charge(
                                other, allowance, ZoneOffset.UTC, new ChargeRequest(HALF, Optional.empty(), false)))
                        .orElseThrow());
        ledger.breakEntry(0);

        assertThrows(IllegalStateException.class, a::tick);

        assertEquals(500_000, ledger.entries().get(1).totals().spent());
    }

    @Test
    void whenTheLedgerForgetsAnOwnerTheNodeDoesToo() {
        ReservationId id = reserve(a, HALF);
        ledger.removeAll();
        clock.advance(Duration.ofSeconds(20));

        a.tick();

        assertEquals(new SettlementReply.Unknown(), end(a, Settlement.released(id)));
        assertTrue(a.isEmpty());
    }

    private static SettlementReply end(CreditEngine node, Settlement settlement) {
        return node.settle("realm", List.of(settlement)).get(0);
    }

    private ChargeResult charge(CreditEngine node, CreditAmount cost) {
        return node.charge(ACCOUNT, allowance, ZoneOffset.UTC, new ChargeRequest(cost, Optional.empty(), false));
    }

    private ReservationId reserve(CreditEngine node, CreditAmount cost) {
        return reservation(charge(node, cost)).orElseThrow();
    }

    private static Optional<ReservationId> reservation(ChargeResult charge) {
        return charge instanceof ChargeResult.Paid paid
                ? paid.reservation().flatMap(reservation -> ReservationId.parse(reservation.id()))
                : Optional.empty();
    }

    private static void settle(CreditEngine node, ReservationId id) {
        assertInstanceOf(SettlementReply.Ended.class, end(node, Settlement.settled(id, id.amount())));
    }
}
