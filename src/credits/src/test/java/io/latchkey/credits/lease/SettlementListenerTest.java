package io.latchkey.credits.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.latchkey.charging.ChargeResult;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.credits.ledger.Settlement;
import io.latchkey.fakes.MemoryLedger;
import io.latchkey.fakes.MovingClock;
import io.latchkey.key.KeyId;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.TestKeys;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose call it was that has ended, and when it was made. */
class SettlementListenerTest {

    private static final CreditAccount ACCOUNT = new CreditAccount("realm", "owner", "api");
    private static final KeyId KEY = TestKeys.id('a');

    private final MovingClock clock = new MovingClock();
    private final MemoryLedger ledger = new MemoryLedger(clock);
    private final List<String> told = new ArrayList<>();
    private final CreditEngine node = node();

    private CreditEngine node() {
        return ledger.node((key, api, at, outcome, charged) ->
                told.add(key.value() + " at " + api + " " + at + ": " + outcome.label() + " " + charged));
    }

    @Test
    void aCallThatHasEndedIsToldOnceAsOfWhenItWasMade() {
        ReservationId call = reserve(node, Optional.of(KEY));
        clock.advance(Duration.ofSeconds(30));

        end(node, Settlement.settled(call, new CreditAmount(250_000)));
        end(node, Settlement.settled(call, new CreditAmount(250_000)));
        end(node, Settlement.released(call));

        assertEquals(List.of("aaaaaaaaaaaa at api 2030-01-01T00:00:00Z: settled 0.25"), told);
    }

    @Test
    void itIsTheNodeOfTheCallThatTells() {
        CreditEngine other = node();
        ReservationId call = reserve(node, Optional.of(KEY));

        end(other, Settlement.settled(call, CreditAmount.of(1)));
        assertEquals(List.of(), told);
        node.tick();

        assertEquals(List.of("aaaaaaaaaaaa at api 2030-01-01T00:00:00Z: settled 1"), told);
    }

    @Test
    void callsThatFailedOrThatNobodySpokeOfCostNothing() {
        end(node, Settlement.released(reserve(node, Optional.of(KEY))));
        reserve(node, Optional.of(KEY));
        clock.advance(Duration.ofMinutes(2));

        node.tick();

        assertEquals(
                List.of(
                        "aaaaaaaaaaaa at api 2030-01-01T00:00:00Z: released 0",
                        "aaaaaaaaaaaa at api 2030-01-01T00:00:00Z: expired 0"),
                told);
    }

    @Test
    void whatNoKeyWasUsedForIsNoUseOfAKey() {
        end(node, Settlement.settled(reserve(node, Optional.empty()), CreditAmount.of(1)));

        assertEquals(List.of(), told);
    }

    private ReservationId reserve(CreditEngine at, Optional<KeyId> key) {
        Allowance allowance = Allowance.parse("10/month").orElseThrow();
        ChargeResult charge =
                at.charge(ACCOUNT, allowance, ZoneOffset.UTC, new ChargeRequest(CreditAmount.of(1), key, false));
        return assertInstanceOf(ChargeResult.Paid.class, charge)
                .reservation()
                .flatMap(reservation -> ReservationId.parse(reservation.id()))
                .orElseThrow();
    }

    private static void end(CreditEngine at, Settlement settlement) {
        at.settle("realm", List.of(settlement));
    }
}
