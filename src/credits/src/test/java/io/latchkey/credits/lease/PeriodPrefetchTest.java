package io.latchkey.credits.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.latchkey.charging.ChargeResult;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.credits.ledger.Settlement;
import io.latchkey.fakes.MemoryLedger;
import io.latchkey.fakes.MovingClock;
import io.latchkey.model.Allowance;
import io.latchkey.model.Credits;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a day begins, those who are busy do not ask the ledger all at once. */
class PeriodPrefetchTest {

    private static final int OWNERS = 120;
    private static final Credits ONE = Credits.of(1);

    private final MovingClock clock = new MovingClock();
    private final MemoryLedger ledger = new MemoryLedger(clock);
    private final CreditEngine node = ledger.node();
    private Allowance allowance = Allowance.parse("1000/day").orElseThrow();
    private ZoneId zone = ZoneOffset.UTC;

    @BeforeEach
    void isBusyBeforeMidnight() {
        clock.advance(Duration.ofDays(1).minusSeconds(5));
        chargeAll();
        node.tick();
    }

    @Test
    void whoeverIsBusyGoesOnWithoutTheLedger() {
        clock.advance(Duration.ofSeconds(5));
        int before = ledger.questions();

        chargeAll();

        assertEquals(0, ledger.questions() - before);
        node.tick();
        List<Long> spent =
                ledger.entries().stream().map(entry -> entry.totals().spent()).toList();
        assertEquals(Collections.nCopies(2 * OWNERS, 1_000_000L), spent);
    }

    @Test
    void whatNobodyComesForIsGivenBack() {
        clock.advance(Duration.ofSeconds(16));

        node.tick();

        ledger.entries().forEach(entry -> assertEquals(0, entry.totals().leased()));
    }

    @Test
    void theDayBeforeIsSpentUntilItIsOver() {
        allowance = Allowance.parse("2/day").orElseThrow();

        assertInstanceOf(ChargeResult.Paid.class, charge(0));
        assertInstanceOf(ChargeResult.Exhausted.class, charge(0));
    }

    @Test
    void anotherAllowanceCountsAllTheSame() {
        clock.advance(Duration.ofSeconds(5));
        allowance = Allowance.parse("1/day").orElseThrow();

        assertInstanceOf(ChargeResult.Paid.class, charge(0));
        assertInstanceOf(ChargeResult.Exhausted.class, charge(0));
    }

    @Test
    void soDoesAnotherTimeZone() {
        zone = ZoneOffset.ofHours(-1);
        clock.advance(Duration.ofSeconds(5));
        ChargeResult.Paid paid = assertInstanceOf(ChargeResult.Paid.class, charge(0));

        assertEquals(
                Optional.of(clock.instant().plus(Duration.ofHours(1))),
                paid.allowanceStatus().resets());
    }

    @Test
    void andCountsInTheMiddleOfAPeriod() {
        clock.advance(Duration.ofHours(10));
        ChargeResult.Paid here = assertInstanceOf(ChargeResult.Paid.class, charge(0));
        zone = ZoneOffset.ofHours(-1);
        ChargeResult.Paid there = assertInstanceOf(ChargeResult.Paid.class, charge(0));

        assertEquals(
                here.allowanceStatus().resets().map(end -> end.plus(Duration.ofHours(1))),
                there.allowanceStatus().resets());
    }

    @Test
    void whoHasBeenIdleForLongIsNotWaitedFor() {
        clock.advance(Duration.ofDays(1).minusSeconds(70));
        chargeAll();
        clock.advance(Duration.ofSeconds(45));
        node.tick();

        assertEquals(2 * OWNERS, ledger.entries().size());
    }

    @Test
    void oneThatCannotBeOpenedKeepsNobodyFromBeingForeseen() {
        clock.advance(Duration.ofDays(1).minusSeconds(2));
        chargeAll();
        ledger.failOpening(60);
        assertThrows(IllegalStateException.class, node::tick);
        node.tick();

        clock.advance(Duration.ofSeconds(7));
        int before = ledger.questions();
        chargeAll();

        assertEquals(0, ledger.questions() - before);
    }

    @Test
    void norDoesWhatWasForeseenForAnotherAllowance() {
        clock.advance(Duration.ofSeconds(5));
        allowance = Allowance.parse("900/day").orElseThrow();
        chargeAll();
        clock.advance(Duration.ofDays(1).minusSeconds(5));
        chargeAll();
        node.tick();

        clock.advance(Duration.ofSeconds(5));
        int before = ledger.questions();
        chargeAll();

        assertEquals(0, ledger.questions() - before);
    }

    private void chargeAll() {
        IntStream.range(0, OWNERS).forEach(owner -> {
            ChargeResult.Paid paid = assertInstanceOf(ChargeResult.Paid.class, charge(owner));
            node.settle(
                    "realm",
                    List.of(Settlement.settled(
                            paid.reservation()
                                    .flatMap(reservation -> ReservationId.parse(reservation.id()))
                                    .orElseThrow(),
                            ONE)));
        });
    }

    private ChargeResult charge(int owner) {
        CreditAccount account = new CreditAccount("realm", "owner" + owner, "api");
        return node.charge(account, allowance, zone, new ChargeRequest(ONE, Optional.empty(), false));
    }
}
