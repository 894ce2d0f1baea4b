package io.latchkey.credits;

import io.latchkey.model.CreditLedger;
import io.latchkey.model.LeaseReport;
import io.latchkey.model.ReservationId;
import io.latchkey.model.Settlement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a node owes the ledger from time to time, and in the end. */
final class LeaseMaintenance {

    private static final int BATCH = 500;
    /** Reservations that end at one time because nobody said anything: leases get lost when reports have to wait. */
    private static final int MOST_EXPIRED = 5_000;

    private static final int MOST_EXPIRED_OF_ONE = 1_000;

    private final String node;
    private final CreditLedger ledger;
    private final LedgerClient exchange;
    private final LeasePool leasePool;
    private final ReservationSettlements reservationSettlements;
    private final Clock clock;
    private final int mostOpen;
    private List<ReservationId> heard = List.of();
    private volatile int open;
    private volatile boolean stopped;

    LeaseMaintenance(
            String node,
            CreditLedger ledger,
            LedgerClient exchange,
            LeasePool leasePool,
            ReservationSettlements reservationSettlements,
            Clock clock,
            int mostOpen) {
        this.node = node;
        this.ledger = ledger;
        this.exchange = exchange;
        this.leasePool = leasePool;
        this.reservationSettlements = reservationSettlements;
        this.clock = clock;
        this.mostOpen = mostOpen;
    }

    /** Whether nothing can be charged; what is charged at once needs no room. */
    boolean isClosedFor(ChargeRequest chargeRequest) {
        return stopped || open > mostOpen && !chargeRequest.settled();
    }

    /** Does what is due: hears of settlements at other nodes, ends what is overdue, and reports. */
    synchronized void tick() {
        if (stopped) {
            return;
        }
        Instant now = clock.instant();
        open = leasePool.all().stream().mapToInt(Lease::reservations).sum();
        FailureBudget duties = new FailureBudget();
        if (open > 0) {
            duties.make(this::collect);
        }
        duties.make(() -> report(now));
        duties.make(() -> expire(now));
        duties.make(leasePool::lookForward);
        leasePool.tidy();
        duties.complain();
    }

    /** Gives back all that is not reserved, and leaves the rest to other nodes. Nothing is charged here afterwards. */
    synchronized void stop() {
        stopped = true;
        leasePool.stop();
        if (leasePool.all().isEmpty()) {
            return;
        }
        FailureBudget duties = new FailureBudget();
        duties.make(this::collect);
        duties.make(() -> exchange.reportAll(inAnotherOrder(), lease -> lease.leaving(clock.instant())));
        // Those that a call was just bringing to the ledger, and those that it has not heard.
        leasePool.all().forEach(lease -> duties.make(() -> exchange.report(lease, () -> leaving(lease))));
        duties.complain();
    }

    private List<LeaseReport> leaving(Lease lease) {
        Instant now = clock.instant();
        return lease.isClosed() && !lease.isDue(now) ? List.of() : List.of(lease.leaving(now));
    }

    /** So that nobody is always behind those who are too many, or fail. */
    private List<Lease> inAnotherOrder() {
        List<Lease> all = new ArrayList<>(leasePool.all());
        Collections.shuffle(all);
        return all;
    }

    /** Until there is nothing new. What was heard is said with the next question, so that no lost answer hides anything. */
    private void collect() {
        List<Settlement> told;
        do {
            told = ledger.collect(node, heard);
            told.forEach(reservationSettlements::apply);
            heard = told.stream().map(Settlement::id).toList();
        } while (!told.isEmpty());
    }

    private void report(Instant now) {
        List<Lease> due =
                inAnotherOrder().stream().filter(lease -> lease.isDue(now)).toList();
        exchange.reportAll(due, lease -> lease.returning(clock.instant()));
    }

    private void expire(Instant now) {
        List<Settlement> overdue = inAnotherOrder().stream()
                .flatMap(lease -> lease.expire(now, MOST_EXPIRED_OF_ONE).stream())
                .limit(MOST_EXPIRED)
                .map(Settlement::expired)
                .toList();
        for (int from = 0; from < overdue.size(); from += BATCH) {
            ledger.record(overdue.subList(from, Math.min(from + BATCH, overdue.size())))
                    .forEach(reservationSettlements::apply);
        }
    }
}
