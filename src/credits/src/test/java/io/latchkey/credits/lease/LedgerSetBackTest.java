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
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The database has lost what it knew: a backup was restored, or commits got lost with the server that had them. */
class LedgerSetBackTest {

    private static final Allowance ALLOWANCE = Allowance.parse("1000/month").orElseThrow();

    private final MovingClock clock = new MovingClock();
    private final MemoryLedger ledger = new MemoryLedger(clock);
    private final CreditEngine node = node();

    private CreditEngine node() {
        return ledger.node();
    }

    @Test
    void whatWasSpentMeanwhileIsBookedAndCallsGoOn() {
        spend(5);
        node.tick();
        Runnable back = ledger.backup();
        spend(300);
        node.tick();

        back.run();
        spend(400);
        node.tick();

        assertEquals(705_000_000, ledger.only().totals().spent());
    }

    @Test
    void soIsWhatWasReserved() {
        spend(1);
        node.tick();
        Runnable back = ledger.backup();
        ReservationId open = reserve(CreditAmount.of(600));
        back.run();
        spend(300);

        end(Settlement.settled(open, CreditAmount.of(600)));
        node.tick();

        assertEquals(901_000_000, ledger.only().totals().spent());
    }

    @Test
    void aLeaseThatWasLostIsBookedAnew() {
        charge(node(), CreditAmount.of(1));
        Runnable back = ledger.backup();
        spend(10);
        node.tick();

        back.run();
        clock.advance(Duration.ofSeconds(16));
        node.tick();

        assertEquals(10_000_000, ledger.only().totals().spent());
        assertInstanceOf(ChargeResult.Paid.class, charge(node, CreditAmount.of(500)));
    }

    @Test
    void whatFitsIsBookedAndNoMore() {
        spend(1);
        node.tick();
        Runnable back = ledger.backup();
        spend(700);
        node.tick();
        back.run();
        CreditEngine other = node();
        assertInstanceOf(ChargeResult.Paid.class, charge(other, CreditAmount.of(600)));

        clock.advance(Duration.ofSeconds(2));
        assertInstanceOf(ChargeResult.Exhausted.class, charge(node, CreditAmount.of(600)));
        node.tick();

        assertEquals(0, ledger.only().totals().available());
        assertEquals(Optional.empty(), ledger.fault());
        ledger.only().topUp(CreditAmount.of(100));
        clock.advance(Duration.ofSeconds(2));
        assertInstanceOf(ChargeResult.Paid.class, charge(node, CreditAmount.of(100)));
    }

    @Test
    void aRowThatWasLostIsOpenedAnew() {
        Runnable back = ledger.backup();
        spend(10);
        node.tick();

        back.run();
        spend(1);
        node.tick();

        assertTrue(charge(node, CreditAmount.of(500)) instanceof ChargeResult.Paid, "is refused for ever");
    }

    @Test
    void reportsThatAreNotUnderstoodHoldUpNoOther() {
        IntStream.range(0, 24).forEach(i -> charge(account(i), CreditAmount.of(1)));
        IntStream.range(0, 12).forEach(ledger::breakEntry);

        for (int i = 0; i < 60; i++) {
            assertThrows(IllegalStateException.class, node::tick);
        }

        List<Long> spent =
                ledger.entries().stream().map(entry -> entry.totals().spent()).toList();
        assertEquals(Collections.nCopies(12, 1_000_000L), spent.subList(12, 24));
    }

    @Test
    void whatWasForgottenWhileNobodyCouldAskIsNotBookedOnceMore() {
        ReservationId all = reserve(CreditAmount.of(1000));
        end(Settlement.settled(all, CreditAmount.of(1000)));
        node.tick();
        clock.advance(Duration.ofSeconds(5));
        ledger.next(Trouble.NOT_HEARD);
        assertInstanceOf(ChargeResult.Unavailable.class, charge(node, CreditAmount.of(1)));
        clock.advance(Duration.ofHours(3));
        ledger.forgetLeases();
        ledger.only().topUp(CreditAmount.of(100));

        assertInstanceOf(ChargeResult.Paid.class, charge(node, CreditAmount.of(100)));

        assertEquals(0, ledger.contradictions());
        assertEquals(1_000_000_000, ledger.only().totals().spent());
    }

    private static CreditAccount account(int number) {
        return new CreditAccount("realm", "owner" + number, "api");
    }

    private void charge(CreditAccount account, CreditAmount cost) {
        ChargeResult charge =
                node.charge(account, ALLOWANCE, ZoneOffset.UTC, new ChargeRequest(cost, Optional.empty(), false));
        end(Settlement.settled(id(charge), cost));
    }

    private static ChargeResult charge(CreditEngine at, CreditAmount cost) {
        return at.charge(account(0), ALLOWANCE, ZoneOffset.UTC, new ChargeRequest(cost, Optional.empty(), false));
    }

    private ReservationId reserve(CreditAmount cost) {
        return id(charge(node, cost));
    }

    private static ReservationId id(ChargeResult charge) {
        return assertInstanceOf(ChargeResult.Paid.class, charge)
                .reservation()
                .flatMap(reservation -> ReservationId.parse(reservation.id()))
                .orElseThrow();
    }

    private void spend(int calls) {
        for (int i = 0; i < calls; i++) {
            end(Settlement.settled(reserve(CreditAmount.of(1)), CreditAmount.of(1)));
        }
    }

    private void end(Settlement settlement) {
        assertInstanceOf(
                SettlementReply.Ended.class,
                node.settle("realm", List.of(settlement)).get(0));
    }
}
