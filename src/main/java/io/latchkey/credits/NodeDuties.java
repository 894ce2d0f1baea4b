package io.latchkey.credits;

import io.latchkey.model.CreditLedger;
import io.latchkey.model.ReservationId;
import io.latchkey.model.Settlement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a node owes the ledger from time to time, and in the end. */
final class NodeDuties {

    private static final int BATCH = 50;
    /** Reservations of one node that nobody has ended yet. */
    private static final int MOST_OPEN = 500_000;

    private final String node;
    private final CreditLedger ledger;
    private final Exchange exchange;
    private final Purses purses;
    private final Endings endings;
    private final Clock clock;
    private List<ReservationId> heard = List.of();
    private volatile int open;
    private volatile boolean stopped;

    NodeDuties(String node, CreditLedger ledger, Exchange exchange, Purses purses, Endings endings, Clock clock) {
        this.node = node;
        this.ledger = ledger;
        this.exchange = exchange;
        this.purses = purses;
        this.endings = endings;
        this.clock = clock;
    }

    /** Whether nothing can be charged. */
    boolean isClosed() {
        return stopped || open > MOST_OPEN;
    }

    /** Does what is due: hears of settlements at other nodes, ends what is overdue, and reports. */
    synchronized void tick() {
        if (stopped) {
            return;
        }
        Instant now = clock.instant();
        open = purses.all().stream().mapToInt(Purse::reservations).sum();
        if (open > 0) {
            collect();
            expire(now);
        }
        List<Purse> due =
                purses.all().stream().filter(purse -> purse.isDue(now)).toList();
        exchange.reportAll(due, purse -> purse.returning(clock.instant()));
        purses.tidy();
    }

    /** Gives back all that is not reserved, and leaves the rest to other nodes. Nothing is charged here afterwards. */
    synchronized void stop() {
        stopped = true;
        collect();
        exchange.reportAll(List.copyOf(purses.all()), Purse::leaving);
        // Those that a call was just bringing to the ledger.
        purses.all()
                .forEach(
                        purse -> exchange.report(purse, () -> purse.isClosed() ? List.of() : List.of(purse.leaving())));
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

    private void expire(Instant now) {
        List<Settlement> overdue = new ArrayList<>();
        purses.all().forEach(purse -> purse.overdue(now).forEach(id -> overdue.add(Settlement.expired(id))));
        for (int from = 0; from < overdue.size(); from += BATCH) {
            ledger.record(overdue.subList(from, Math.min(from + BATCH, overdue.size())))
                    .forEach(endings::apply);
        }
    }
}
