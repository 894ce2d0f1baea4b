package io.latchkey.credits.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.charging.ChargeResult;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.credits.ledger.Settlement;
import io.latchkey.fakes.MemoryLedger;
import io.latchkey.fakes.MemoryLedger.Trouble;
import io.latchkey.fakes.MovingClock;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.TestKeys;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One reservation ends in one way, whoever asks; and only its realm hears of it. */
class ReservationSettlementsTest {

    private static final CreditAccount ACCOUNT = new CreditAccount("realm", "owner", "api");
    private static final Allowance ALLOWANCE = Allowance.parse("10/month").orElseThrow();
    private static final CreditAmount COST = CreditAmount.of(4);

    private final MovingClock clock = new MovingClock();
    private final MemoryLedger ledger = new MemoryLedger(clock);
    private final List<String> told = new ArrayList<>();
    private final CreditEngine a = node();
    private final CreditEngine b = node();

    private CreditEngine node() {
        return ledger.node((key, api, at, outcome, charged) -> told.add(outcome.label() + " " + charged));
    }

    @Test
    void anotherRealmHearsNothingOfWhatHasEnded() {
        Settlement settled = Settlement.settled(reserve(), COST);
        assertEquals(new SettlementReply.Ended(settled), end(a, settled));
        a.tick();
        clock.advance(Duration.ofSeconds(12));
        a.tick();
        assertTrue(a.isEmpty());

        assertEquals(
                new SettlementReply.Unknown(),
                a.settle("other", List.of(settled)).get(0));
        assertEquals(new SettlementReply.Ended(settled), end(a, settled));
    }

    @Test
    void anotherRealmEndsNothing() {
        ReservationId id = reserve();

        assertEquals(
                new SettlementReply.Unknown(),
                a.settle("other", List.of(Settlement.released(id))).get(0));

        assertEquals(List.of(), told);
        Settlement settled = Settlement.settled(id, COST);
        assertEquals(new SettlementReply.Ended(settled), end(a, settled));
    }

    @Test
    void whatIsSettledWhileItExpiresEndsInOneWayAtAllNodes() {
        ReservationId id = reserve();
        List<SettlementReply> answers = new ArrayList<>();
        ledger.meanwhile(() -> answers.add(end(a, Settlement.settled(id, COST))));
        clock.advance(Duration.ofSeconds(61));

        a.tick();
        a.tick();

        Settlement settled = Settlement.settled(id, COST);
        assertEquals(List.of(new SettlementReply.Ended(settled)), answers);
        assertEquals(new SettlementReply.Ended(settled), end(a, Settlement.released(id)));
        assertEquals(new SettlementReply.Recorded(settled), end(b, Settlement.released(id)));
        assertEquals(4_000_000, ledger.only().totals().spent());
    }

    @Test
    void whatCouldNotExpireSinceTheLedgerWasAwayIsSettledThere() {
        ReservationId id = reserve();
        clock.advance(Duration.ofSeconds(61));
        ledger.meanwhile(() -> ledger.next(Trouble.NOT_ANSWERED));
        assertThrows(IllegalStateException.class, a::tick);
        ledger.meanwhile(() -> {});

        ledger.next(Trouble.NOT_HEARD);
        assertEquals(new SettlementReply.Unavailable(), end(a, Settlement.settled(id, COST)));
        assertEquals(
                new SettlementReply.Ended(Settlement.settled(id, COST)),
                end(a, Settlement.settled(id, COST)),
                "too late");
        assertEquals(new SettlementReply.Recorded(Settlement.expired(id)), end(b, Settlement.released(id)));
    }

    @Test
    void aSuccessThatIsToldTooLateIsChargedOnce() {
        ReservationId id = reserve();
        clock.advance(Duration.ofSeconds(61));
        a.tick();
        Settlement settled = Settlement.settled(id, CreditAmount.of(3));

        assertEquals(new SettlementReply.Ended(settled), end(a, settled));
        assertEquals(new SettlementReply.Ended(settled), end(a, Settlement.settled(id, COST)));
        assertEquals(new SettlementReply.Ended(settled), end(a, Settlement.released(id)));
        assertEquals(
                new SettlementReply.Unknown(),
                a.settle("other", List.of(settled)).get(0));
        a.tick();

        assertEquals(3_000_000, ledger.only().totals().spent());
        assertEquals(List.of("expired 0", "settled 3"), told);
    }

    @Test
    void soItIsWhenEverythingWasGivenBack() {
        ReservationId id = reserve();
        clock.advance(Duration.ofSeconds(61));
        a.tick();
        a.tick();
        assertTrue(a.isEmpty());
        ledger.next(Trouble.NOT_HEARD);

        assertEquals(new SettlementReply.Unavailable(), end(a, Settlement.settled(id, COST)));
        assertInstanceOf(SettlementReply.Ended.class, end(a, Settlement.settled(id, COST)));
        a.tick();

        assertEquals(4_000_000, ledger.only().totals().spent());
    }

    @Test
    void butNotFromWhatOthersHaveSpentMeanwhile() {
        ReservationId id = reserve();
        spendElsewhere();

        assertEquals(new SettlementReply.Ended(Settlement.expired(id)), end(a, Settlement.settled(id, COST)));
        ledger.only().topUp(COST);
        clock.advance(Duration.ofSeconds(2));
        assertEquals(
                new SettlementReply.Ended(Settlement.expired(id)), end(a, Settlement.settled(id, COST)), "said before");
    }

    @Test
    void aSuccessIsNotFreeBecauseOthersWereFasterOnce() {
        ReservationId id = reserve();
        spendElsewhere();
        ledger.afterReport(() -> ledger.only().topUp(COST));

        assertEquals(new SettlementReply.Ended(Settlement.settled(id, COST)), end(a, Settlement.settled(id, COST)));
    }

    /** Once it has expired, so that less is left than it cost. */
    private void spendElsewhere() {
        clock.advance(Duration.ofSeconds(61));
        a.tick();
        a.tick();
        b.charge(ACCOUNT, ALLOWANCE, ZoneOffset.UTC, new ChargeRequest(CreditAmount.of(7), Optional.empty(), false));
    }

    @Test
    void whatWasToppedUpAMomentAgoCounts() {
        ReservationId id = reserve();
        spendElsewhere();
        assertInstanceOf(
                ChargeResult.Exhausted.class,
                a.charge(ACCOUNT, ALLOWANCE, ZoneOffset.UTC, new ChargeRequest(COST, Optional.empty(), false)));
        ledger.only().topUp(COST);

        assertEquals(new SettlementReply.Ended(Settlement.settled(id, COST)), end(a, Settlement.settled(id, COST)));
    }

    @Test
    void whatIsToldToANodeThatStopsIsNotLost() {
        ReservationId id = reserve();
        Settlement ended = Settlement.settled(reserve(CreditAmount.of(1)), CreditAmount.of(1));
        end(a, ended);
        a.stop();

        assertEquals(new SettlementReply.Ended(Settlement.settled(id, COST)), end(a, Settlement.settled(id, COST)));
        assertEquals(new SettlementReply.Ended(ended), end(a, ended));
        assertEquals(5_000_000, ledger.only().totals().spent());
    }

    @Test
    void whatANodeLeftForOthersIsNotSpentThereOnceMore() {
        ReservationId expired = reserve();
        clock.advance(Duration.ofSeconds(61));
        a.tick();
        ReservationId open = reserve();
        a.stop();
        told.clear();

        assertEquals(new SettlementReply.Unavailable(), end(a, Settlement.settled(expired, COST)));

        assertEquals(List.of(), told);
        assertEquals(
                new SettlementReply.Recorded(Settlement.settled(open, COST)), end(b, Settlement.settled(open, COST)));
        assertEquals(4_000_000, ledger.only().totals().spent());
    }

    @Test
    void aNodeThatHasStoppedBorrowsNothing() {
        ReservationId expired = reserve();
        clock.advance(Duration.ofSeconds(61));
        a.tick();
        a.tick();
        assertTrue(a.isEmpty());
        a.stop();

        assertEquals(new SettlementReply.Unavailable(), end(a, Settlement.settled(expired, COST)));
        assertEquals(0, ledger.only().totals().leased());
    }

    private ReservationId reserve() {
        return reserve(COST);
    }

    private ReservationId reserve(CreditAmount cost) {
        ChargeResult charge = a.charge(
                ACCOUNT, ALLOWANCE, ZoneOffset.UTC, new ChargeRequest(cost, Optional.of(TestKeys.id('a')), false));
        return assertInstanceOf(ChargeResult.Paid.class, charge)
                .reservation()
                .flatMap(reservation -> ReservationId.parse(reservation.id()))
                .orElseThrow();
    }

    private static SettlementReply end(CreditEngine node, Settlement settlement) {
        return node.settle("realm", List.of(settlement)).get(0);
    }
}
