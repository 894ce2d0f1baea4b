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
final class NodeDuties {

    private static final int BATCH = 500;
    /** Reservations that end at one time because nobody said anything: leases get lost when reports have to wait. */
    private static final int MOST_EXPIRED = 5_000;

    private static final int MOST_EXPIRED_OF_ONE = 1_000;

    private final String node;
    private final CreditLedger ledger;
    private final Exchange exchange;
    private final Purses purses;
    private final Endings endings;
    private final Clock clock;
    private final int mostOpen;
    private List<ReservationId> heard = List.of();
    private volatile int open;
    private volatile boolean stopped;

    NodeDuties(
            String node,
            CreditLedger ledger,
            Exchange exchange,
            Purses purses,
            Endings endings,
            Clock clock,
            int mostOpen) {
        this.node = node;
        this.ledger = ledger;
        this.exchange = exchange;
        this.purses = purses;
        this.endings = endings;
        this.clock = clock;
        this.mostOpen = mostOpen;
    }

    /** Whether nothing can be charged; what is charged at once needs no room. */
    boolean isClosedFor(Payment payment) {
        return stopped || open > mostOpen && !payment.settled();
    }

    /** Does what is due: hears of settlements at other nodes, ends what is overdue, and reports. */
    synchronized void tick() {
        if (stopped) {
            return;
        }
        Instant now = clock.instant();
        open = purses.all().stream().mapToInt(Purse::reservations).sum();
        Attempts duties = new Attempts();
        if (open > 0) {
            duties.make(this::collect);
        }
        duties.make(() -> report(now));
        duties.make(() -> expire(now));
        duties.make(purses::lookForward);
        purses.tidy();
        duties.complain();
    }

    /** Gives back all that is not reserved, and leaves the rest to other nodes. Nothing is charged here afterwards. */
    synchronized void stop() {
        stopped = true;
        purses.stop();
        if (purses.all().isEmpty()) {
            return;
        }
        Attempts duties = new Attempts();
        duties.make(this::collect);
        duties.make(() -> exchange.reportAll(inAnotherOrder(), purse -> purse.leaving(clock.instant())));
        // Those that a call was just bringing to the ledger, and those that it has not heard.
        purses.all().forEach(purse -> duties.make(() -> exchange.report(purse, () -> leaving(purse))));
        duties.complain();
    }

    private List<LeaseReport> leaving(Purse purse) {
        Instant now = clock.instant();
        return purse.isClosed() && !purse.isDue(now) ? List.of() : List.of(purse.leaving(now));
    }

    /** So that nobody is always behind those who are too many, or fail. */
    private List<Purse> inAnotherOrder() {
        List<Purse> all = new ArrayList<>(purses.all());
        Collections.shuffle(all);
        return all;
    }

    /** Until there is nothing new. What was heard is said with the next question, so that no lost answer hides anything. */
    private void collect() {
        List<Settlement> told;
        do {
            told = ledger.collect(node, heard);
            told.forEach(endings::apply);
            heard = told.stream().map(Settlement::id).toList();
        } while (!told.isEmpty());
    }

    private void report(Instant now) {
        List<Purse> due =
                inAnotherOrder().stream().filter(purse -> purse.isDue(now)).toList();
        exchange.reportAll(due, purse -> purse.returning(clock.instant()));
    }

    private void expire(Instant now) {
        List<Settlement> overdue = inAnotherOrder().stream()
                .flatMap(purse -> purse.expire(now, MOST_EXPIRED_OF_ONE).stream())
                .limit(MOST_EXPIRED)
                .map(Settlement::expired)
                .toList();
        for (int from = 0; from < overdue.size(); from += BATCH) {
            ledger.record(overdue.subList(from, Math.min(from + BATCH, overdue.size())))
                    .forEach(endings::apply);
        }
    }
}
