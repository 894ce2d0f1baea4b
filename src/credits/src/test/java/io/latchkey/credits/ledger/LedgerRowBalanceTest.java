package io.latchkey.credits.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.credits.ledger.LeaseRenewalRequest.Demand;
import io.latchkey.credits.ledger.LedgerRowBalance.Totals;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerRowBalanceTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final LedgerRowBalance entry = new LedgerRowBalance(Totals.NONE, Map.of());

    @Test
    void whoHasLeftGetsNothingMoreWhateverArrivesLate() {
        entry.grant(Allowance.parse("10/none").orElseThrow());
        long amount =
                report(Optional.empty(), LeaseRenewalRequest.ALL, new Demand(1_000_000, 4_000_000), Optional.empty());
        assertEquals(4_000_000, amount);
        report(Optional.of(1_000_000L), 1_000_000, Demand.NONE, Optional.of(Map.of()));

        long late = report(
                Optional.of(1_000_000L), LeaseRenewalRequest.ALL, new Demand(1_000_000, 4_000_000), Optional.empty());

        assertEquals(1_000_000, late);
        assertEquals(0, entry.totals().leased());
        assertEquals(9_000_000, entry.totals().available());
    }

    @Test
    void nothingIsToppedUpBeyondWhatCanBeCounted() {
        assertTrue(entry.topUp(CreditAmount.MOST));
        assertFalse(entry.topUp(new CreditAmount(1)));
        assertEquals(CreditAmount.MOST.micros(), entry.totals().toppedUp());
    }

    @Test
    void whatWasLeftForReservationsIsNotLentToWhoHasLeft() {
        entry.grant(Allowance.parse("10/none").orElseThrow());
        report(Optional.empty(), LeaseRenewalRequest.ALL, new Demand(4_000_000, 4_000_000), Optional.empty());
        report(Optional.of(1_000_000L), 3_000_000, Demand.NONE, Optional.of(Map.of()));

        assertEquals(1_000_000, report(Optional.empty(), LeaseRenewalRequest.ALL, Demand.NONE, Optional.empty()));
        assertEquals(1_000_000, report(Optional.of(1_000_000L), 1_000_000, Demand.NONE, Optional.empty()));

        assertEquals(2_000_000, entry.totals().leased());
    }

    @Test
    void whoRepeatsThatItLeavesIsRightWhateverOthersHaveSettledMeanwhile() {
        entry.grant(Allowance.parse("10/none").orElseThrow());
        String node = ReservationId.newNode();
        ReservationId open = ReservationId.next(node, "credit", CreditAmount.of(2));
        LeaseRenewalRequest borrowing = new LeaseRenewalRequest(
                "credit",
                Optional.empty(),
                LeaseRenewalRequest.ALL,
                new Demand(4_000_000, 4_000_000),
                Optional.empty(),
                Optional.empty());
        LeaseRenewalRequest leaving = new LeaseRenewalRequest(
                "credit", Optional.of(1_000_000L), 3_000_000, Demand.NONE, Optional.empty(), Optional.of(Map.of()));
        entry.report(node, borrowing, NOW);
        entry.report(node, leaving, NOW);
        assertTrue(entry.settle(Settlement.settled(open, CreditAmount.of(2))));

        assertFalse(entry.report(node, leaving, NOW).contradicted());

        assertEquals(3_000_000, entry.totals().spent());
        assertEquals(0, entry.totals().leased());
    }

    @Test
    void whatIsLentShrinksWithTheAllowanceOnceItComesBack() {
        entry.grant(Allowance.parse("10/none").orElseThrow());
        report(Optional.empty(), LeaseRenewalRequest.ALL, new Demand(1_000_000, 4_000_000), Optional.empty());
        entry.grant(Allowance.parse("2/none").orElseThrow());
        assertEquals(4_000_000, entry.totals().granted());

        report(Optional.of(1_000_000L), 1_000_000, Demand.NONE, Optional.empty());

        assertEquals(2_000_000, entry.totals().granted());
        assertEquals(1_000_000, entry.totals().available());
    }

    private long report(
            Optional<Long> used, long keep, Demand settlement, Optional<Map<ReservationId, OpenReservation>> left) {
        LeaseRenewalRequest report = new LeaseRenewalRequest("credit", used, keep, settlement, Optional.empty(), left);
        LeaseRenewalResponse lease = entry.report("node", report, NOW);
        assertFalse(lease.contradicted());
        return lease.amount();
    }
}
