package io.latchkey.credits.lease;

import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.credits.ledger.Settlement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reports what this node has spent of its leases, and expires overdue reservations, every two seconds. When the node stops, it
 * returns unreserved credits and hands open reservations over.
 */
final class LeaseReporter {

    private static final int BATCH = 500;
    /** Reservations that expire in one run: later reports must not wait until leases are lost. */
    private static final int MAX_EXPIRED = 5_000;

    private static final int MAX_EXPIRED_OF_LEASE = 1_000;

    private final LedgerClient ledgerClient;
    private final LeasePool leasePool;
    private final ReservationSettlements reservationSettlements;
    private final Clock clock;
    private final int maxOpen;
    private List<ReservationId> acknowledged = List.of();
    private volatile int openReservations;
    private volatile boolean stopped;

    /** @param maxOpen approximate number of open reservations at which the node refuses another */
    LeaseReporter(LedgerClient ledgerClient, LeasePool leasePool, ReservationSettlements settlements, int maxOpen) {
        this.ledgerClient = ledgerClient;
        this.leasePool = leasePool;
        this.reservationSettlements = settlements;
        this.clock = ledgerClient.clock;
        this.maxOpen = maxOpen;
    }

    /** Whether the node refuses the charge: it has stopped, or has too many open reservations for another. */
    boolean refuses(ChargeRequest chargeRequest) {
        return stopped || openReservations > maxOpen && !chargeRequest.settled();
    }

    /** Collects settlements of other nodes, expires overdue reservations, and reports leases that are due. */
    synchronized void tick() {
        if (stopped) {
            return;
        }
        Instant now = clock.instant();
        openReservations =
                leasePool.all().stream().mapToInt(Lease::openReservations).sum();
        ConsecutiveFailureGuard tasks = new ConsecutiveFailureGuard();
        if (openReservations > 0) {
            tasks.run(this::collect);
        }
        tasks.run(() -> report(now));
        tasks.run(() -> expire(now));
        leasePool.evictClosed();
        tasks.throwFirst();
    }

    /**
     * Returns unreserved credits and hands open reservations over to the other nodes. Nothing is charged here afterwards.
     */
    synchronized void stop() {
        stopped = true;
        leasePool.stop();
        if (leasePool.all().isEmpty()) {
            return;
        }
        ConsecutiveFailureGuard tasks = new ConsecutiveFailureGuard();
        tasks.run(this::collect);
        tasks.run(() -> ledgerClient.reportAll(shuffled(), lease -> lease.shutdownReport(clock.instant())));
        // Leases that a call was reporting meanwhile, and those whose report failed.
        leasePool
                .all()
                .forEach(lease -> tasks.run(() -> ledgerClient.report(
                        lease, now -> !lease.isClosed() || lease.isDue(now), lease::shutdownReport)));
        tasks.throwFirst();
    }

    /** In random order, so that leases behind failing or many others get their turn. */
    private List<Lease> shuffled() {
        List<Lease> all = new ArrayList<>(leasePool.all());
        Collections.shuffle(all);
        return all;
    }

    /**
     * Repeats until nothing is new. Each request acknowledges the settlements of the reply before, so that a lost reply hides
     * none.
     */
    private void collect() {
        List<Settlement> collected;
        do {
            collected = ledgerClient.ledger.collect(ledgerClient.node, acknowledged);
            collected.forEach(reservationSettlements::apply);
            acknowledged = collected.stream().map(Settlement::id).toList();
        } while (!collected.isEmpty());
    }

    private void report(Instant now) {
        List<Lease> due = shuffled().stream().filter(lease -> lease.isDue(now)).toList();
        ledgerClient.reportAll(due, lease -> lease.returnReport(clock.instant()));
    }

    private void expire(Instant now) {
        List<Settlement> overdue = shuffled().stream()
                .flatMap(lease -> lease.expire(now, MAX_EXPIRED_OF_LEASE).stream())
                .limit(MAX_EXPIRED)
                .map(Settlement::expired)
                .toList();
        for (int from = 0; from < overdue.size(); from += BATCH) {
            ledgerClient
                    .ledger
                    .record(Optional.empty(), overdue.subList(from, Math.min(from + BATCH, overdue.size())))
                    .forEach(reservationSettlements::apply);
        }
    }
}
