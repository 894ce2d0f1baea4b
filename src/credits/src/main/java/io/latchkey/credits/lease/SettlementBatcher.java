package io.latchkey.credits.lease;

import io.latchkey.credits.ledger.CreditLedger;
import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.credits.ledger.Settlement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Records settlements of other nodes' reservations in the ledger. Settlements that arrive during a transaction are recorded
 * together in the next one.
 */
final class SettlementBatcher {

    /** Settlements in one transaction; more are not faster. */
    private static final int MAX_BATCH = 1000;

    private final CreditLedger ledger;
    private final LedgerClient ledgerClient;
    private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();

    SettlementBatcher(CreditLedger ledger, LedgerClient ledgerClient) {
        this.ledger = ledger;
        this.ledgerClient = ledgerClient;
    }

    /** The recorded outcome of each; without those that belong to no ledger row of that realm. */
    List<Settlement> record(String realmId, List<Settlement> settlements) {
        Request request = new Request(realmId, settlements);
        waiting.add(request);
        try {
            return LedgerClient.withLock(lock, () -> {
                // Another thread may have recorded it meanwhile.
                while (!request.isDone()) {
                    recordNext();
                }
                return request.result();
            });
        } finally {
            waiting.remove(request);
            request.isAwaited = false;
        }
    }

    private void recordNext() {
        List<Request> together = new ArrayList<>();
        try {
            int count = 0;
            for (Request next = waiting.poll(); next != null; next = count < MAX_BATCH ? waiting.poll() : null) {
                together.add(next);
                count += next.settlements.size();
            }
            together.stream()
                    .collect(Collectors.groupingBy(request -> request.realmId))
                    .values()
                    .forEach(this::recordTogether);
        } finally {
            // Even after an error no thread may wait for a request that has left the queue.
            together.forEach(Request::failIfPending);
        }
    }

    private void recordTogether(List<Request> requests) {
        try {
            record(requests);
        } catch (RuntimeException failed) {
            requests.forEach(request -> request.failure = failed);
            if (requests.size() > 1) {
                // One faulty request must not fail the others.
                ConsecutiveFailureGuard alone = new ConsecutiveFailureGuard();
                requests.forEach(request -> alone.run(() -> recordAlone(request)));
            }
        }
    }

    private void recordAlone(Request request) {
        // A request that was answered with a timeout must not be recorded later.
        if (request.isAwaited) {
            record(List.of(request));
            request.failure = null;
        }
    }

    private void record(List<Request> requests) {
        Map<ReservationId, Settlement> first = new LinkedHashMap<>();
        requests.forEach(
                request -> request.settlements.forEach(settlement -> first.putIfAbsent(settlement.id(), settlement)));
        Map<ReservationId, Settlement> now = ledgerClient
                .withPermit(() -> ledger.record(Optional.of(requests.get(0).realmId), List.copyOf(first.values())))
                .stream()
                .collect(Collectors.toMap(Settlement::id, Function.identity()));
        requests.forEach(request -> request.recorded = request.settlements.stream()
                .map(Settlement::id)
                .filter(now::containsKey)
                .map(now::get)
                .toList());
    }

    /** Guarded by the lock, except for {@code isAwaited}. */
    private static final class Request {
        private final String realmId;
        private final List<Settlement> settlements;
        private List<Settlement> recorded;
        private RuntimeException failure;
        private volatile boolean isAwaited = true;

        Request(String realmId, List<Settlement> settlements) {
            this.realmId = realmId;
            this.settlements = settlements;
        }

        boolean isDone() {
            return recorded != null || failure != null;
        }

        void failIfPending() {
            if (!isDone()) {
                failure = new IllegalStateException("It is unknown whether the settlement was recorded");
            }
        }

        List<Settlement> result() {
            if (failure != null) {
                throw failure;
            }
            return recorded;
        }
    }
}
