package io.latchkey.credits.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.MethodAndPath;
import io.latchkey.charging.SubsequentCallCharge;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.pricing.Price;
import io.latchkey.credits.pricing.PriceList;
import io.latchkey.fakes.MemoryLedger;
import io.latchkey.fakes.MovingClock;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubsequentCallChargeTest {

    private static final CreditAccount ACCOUNT = new CreditAccount("realm", "owner", "api");
    private static final Allowance ALLOWANCE = Allowance.parse("10/month").orElseThrow();
    private static final CreditAmount ONE = CreditAmount.of(1);
    private static final PriceList LIST = PriceList.parse("GET /search/** 0.5; 2");

    private final MovingClock clock = new MovingClock();
    private final MemoryLedger ledger = new MemoryLedger(clock);
    private final List<Runnable> background = new ArrayList<>();
    private final CreditEngine node = new CreditEngine(
            ledger,
            background::add,
            clock,
            Duration.ofMinutes(1),
            (key, api, at, outcome, charged) -> {},
            CreditEngine.MAX_OPEN);

    @Test
    void paysFromMemoryAndAsksNobody() {
        charge();
        int questions = ledger.questions();

        ChargeResult.Paid first = paid(repeatable(true, ONE));
        ChargeResult.Paid second = paid(repeatable(true, ONE));

        assertEquals(questions, ledger.questions());
        assertEquals(CreditAmount.of(8), first.allowanceStatus().remaining());
        assertEquals(CreditAmount.of(7), second.allowanceStatus().remaining());
        assertEquals(Optional.empty(), second.reservation());
    }

    @Test
    void eachHasAReservationOfItsOwn() {
        charge();

        assertNotEquals(
                paid(repeatable(false, ONE)).reservation().orElseThrow().id(),
                paid(repeatable(false, ONE)).reservation().orElseThrow().id());
    }

    @Test
    void eachCallHasItsPrice() {
        charge();
        SubsequentCallCharge order =
                node.repeatable(ACCOUNT, ALLOWANCE, new Price(Optional.empty(), LIST), Optional.empty(), true);

        assertEquals(CreditAmount.parse("0.5").orElseThrow(), cost(order, "/search/books"));
        assertEquals(CreditAmount.of(2), cost(order, "/other"));
    }

    private static CreditAmount cost(SubsequentCallCharge order, String path) {
        MethodAndPath call = MethodAndPath.of(Optional.of("GET"), Optional.of(path));
        return assertInstanceOf(
                        ChargeResult.Paid.class, order.charge(() -> call).orElseThrow())
                .cost();
    }

    @Test
    void whatTakesTheLedgerIsLeftToOthers() {
        assertTrue(repeatable(true, ONE).charge(() -> MethodAndPath.UNKNOWN).isEmpty());
        assertEquals(0, ledger.questions());
        charge();

        assertTrue(repeatable(true, CreditAmount.of(10))
                .charge(() -> MethodAndPath.UNKNOWN)
                .isEmpty());

        assertEquals(
                CreditAmount.of(9),
                paid(repeatable(true, CreditAmount.ZERO)).allowanceStatus().remaining());
    }

    @Test
    void anotherAllowanceIsLeftToOthers() {
        charge();

        SubsequentCallCharge order = node.repeatable(
                ACCOUNT,
                Allowance.parse("5/month").orElseThrow(),
                new Price(Optional.of(ONE), LIST),
                Optional.empty(),
                true);

        assertTrue(order.charge(() -> MethodAndPath.UNKNOWN).isEmpty());
    }

    @Test
    void nothingIsPaidAfterTheNodeHasStopped() {
        charge();
        node.stop();

        assertTrue(repeatable(true, ONE).charge(() -> MethodAndPath.UNKNOWN).isEmpty());
    }

    @Test
    void nothingIsPaidFromAPeriodThatIsOver() {
        charge();
        SubsequentCallCharge order = repeatable(true, ONE);
        clock.advance(Duration.ofDays(31));

        assertTrue(order.charge(() -> MethodAndPath.UNKNOWN).isEmpty());
    }

    @Test
    void whatWasToBeBorrowedAheadIsNotOnceTheNodeHasLeft() {
        charge();
        while (background.isEmpty()) {
            paid(repeatable(true, CreditAmount.parse("0.1").orElseThrow()));
        }
        node.stop();

        background.forEach(Runnable::run);

        // The first has not been ended.
        assertEquals(ONE.micros(), ledger.only().totals().leased());
    }

    /** Borrows, and pays one. */
    private void charge() {
        assertInstanceOf(
                ChargeResult.Paid.class,
                node.charge(ACCOUNT, ALLOWANCE, ZoneOffset.UTC, new ChargeRequest(ONE, Optional.empty(), false)));
    }

    private SubsequentCallCharge repeatable(boolean settled, CreditAmount cost) {
        return node.repeatable(ACCOUNT, ALLOWANCE, new Price(Optional.of(cost), LIST), Optional.empty(), settled);
    }

    private static ChargeResult.Paid paid(SubsequentCallCharge order) {
        return assertInstanceOf(
                ChargeResult.Paid.class,
                order.charge(() -> MethodAndPath.UNKNOWN).orElseThrow());
    }
}
