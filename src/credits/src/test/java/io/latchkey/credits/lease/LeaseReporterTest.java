package io.latchkey.credits.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.MethodAndPath;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.credits.ledger.Settlement;
import io.latchkey.credits.pricing.Price;
import io.latchkey.credits.pricing.PriceList;
import io.latchkey.fakes.MemoryLedger;
import io.latchkey.fakes.MovingClock;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nobody suffers from what another owner does, or from what is wrong with another's credits. */
class LeaseReporterTest {

    private static final CreditAccount ONE = new CreditAccount("realm", "one", "api");
    private static final CreditAccount OTHER = new CreditAccount("realm", "other", "api");
    private static final Allowance ALLOWANCE = Allowance.parse("10/month").orElseThrow();
    private static final CreditAmount LITTLE = new CreditAmount(1);

    private final MovingClock clock = new MovingClock();
    private final MemoryLedger ledger = new MemoryLedger(clock);
    private final CreditEngine node = ledger.node();

    @Test
    void whoSettlesNothingIsRefusedAndNobodyElse() {
        ReservationId first = reserve(ONE, LITTLE);
        reserve(ONE, OpenReservations.MAX - 1);
        node.tick();

        assertInstanceOf(ChargeResult.Unavailable.class, charge(ONE, LITTLE));
        assertInstanceOf(ChargeResult.Paid.class, charge(OTHER, LITTLE));
        node.settle("realm", List.of(Settlement.released(first)));
        assertInstanceOf(ChargeResult.Paid.class, charge(ONE, LITTLE));
    }

    @Test
    void aNodeOnWhichTooManyAreOpenChargesWhatNeedsNoReservation() {
        CreditEngine small = new CreditEngine(
                ledger, Runnable::run, clock, Duration.ofMinutes(1), (key, api, at, outcome, charged) -> {}, 2);
        IntStream.range(0, 3).forEach(i -> charge(small, ONE, false));
        small.tick();

        assertInstanceOf(ChargeResult.Unavailable.class, charge(small, OTHER, false));
        assertInstanceOf(ChargeResult.Paid.class, charge(small, OTHER, true));
        assertEquals(Optional.empty(), again(small, false));
        assertInstanceOf(ChargeResult.Paid.class, again(small, true).orElseThrow());
        clock.advance(Duration.ofSeconds(61));
        small.tick();
        small.tick();
        assertInstanceOf(ChargeResult.Paid.class, charge(small, OTHER, false));
    }

    private static Optional<ChargeResult> again(CreditEngine at, boolean settled) {
        Price price = new Price(Optional.of(LITTLE), PriceList.parse("1"));
        return at.repeatable(OTHER, ALLOWANCE, price, Optional.empty(), settled).charge(() -> MethodAndPath.UNKNOWN);
    }

    private static ChargeResult charge(CreditEngine at, CreditAccount account, boolean settled) {
        return at.charge(account, ALLOWANCE, ZoneOffset.UTC, new ChargeRequest(LITTLE, Optional.empty(), settled));
    }

    @Test
    void whatIsOverdueKeepsNoReportFromTheLedger() {
        reserve(ONE, CreditAmount.of(1));
        clock.advance(Duration.ofSeconds(61));
        ReservationId used = reserve(OTHER, CreditAmount.of(2));
        node.settle("realm", List.of(Settlement.settled(used, CreditAmount.of(2))));
        ledger.refuseRecords();

        assertThrows(IllegalStateException.class, node::tick);

        assertEquals(2_000_000, ledger.entries().get(1).totals().spent());
    }

    @Test
    void whatIsOverdueEndsInPortionsAndNobodyWaitsForTheManyOfAnother() {
        reserve(ONE, 2_600);
        ReservationId few = reserve(OTHER, CreditAmount.of(10));
        clock.advance(Duration.ofSeconds(61));

        node.tick();

        assertEquals(List.of(500, 500, 1), ledger.recorded());
        assertEquals(new SettlementReply.Ended(Settlement.expired(few)), end(Settlement.released(few)));
        node.tick();
        node.tick();
        assertEquals(2_601, ledger.recorded().stream().mapToInt(size -> size).sum());
    }

    @Test
    void aStoppingNodeGivesBackEvenWhenItCannotHearOfSettlements() {
        reserve(ONE, CreditAmount.of(1));
        ledger.refuseCollecting();

        assertThrows(IllegalStateException.class, node::stop);

        assertEquals(1_000_000, ledger.only().totals().leased());
    }

    @Test
    void aStoppingNodeSaysAgainWhatWasNotHeard() {
        ReservationId open = reserve(ONE, CreditAmount.of(1));
        ledger.loseReports(2);

        assertThrows(IllegalStateException.class, node::stop);

        assertEquals(1_000_000, ledger.only().totals().leased());
        assertEquals(
                new SettlementReply.Ended(Settlement.settled(open, CreditAmount.of(1))),
                end(Settlement.settled(open, CreditAmount.of(1))));
        assertEquals(1_000_000, ledger.only().totals().spent());
    }

    private SettlementReply end(Settlement settlement) {
        return node.settle("realm", List.of(settlement)).get(0);
    }

    private ChargeResult charge(CreditAccount account, CreditAmount cost) {
        return node.charge(account, ALLOWANCE, ZoneOffset.UTC, new ChargeRequest(cost, Optional.empty(), false));
    }

    private ReservationId reserve(CreditAccount account, CreditAmount cost) {
        return assertInstanceOf(ChargeResult.Paid.class, charge(account, cost))
                .reservation()
                .flatMap(reservation -> ReservationId.parse(reservation.id()))
                .orElseThrow();
    }

    private void reserve(CreditAccount account, int times) {
        IntStream.range(0, times).forEach(i -> reserve(account, LITTLE));
    }
}
