package io.latchkey.credits.lease;

import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.credits.ledger.Settlement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Records settlements that the ledger decides, of this and other nodes; those that arrive during a transaction share the
 * next one. Settlements that arrive during a transaction are recorded together in the next one.
 */
final class SettlementBatcher {

    /** Settlements in one transaction; more are not faster. */
    private static final int MAX_BATCH = 1000;

    private final LedgerClient ledgerClient;
    private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();

    SettlementBatcher(LedgerClient ledgerClient) {
        this.ledgerClient = ledgerClient;
    }

    /** The recorded outcome of each; without those that belong to no ledger row of that realm. */
    List<Settlement> record(String realmId, List<Settlement> settlements) {
        Request request = new Request(realmId, settlements, new CompletableFuture<>());
        waiting.add(request);
        try {
            return LedgerClient.withLock(lock, () -> {
                // Another thread may have recorded it meanwhile.
                while (!request.recorded.isDone()) {
                    recordNext();
                }
                return request.recorded.join();
            });
        } finally {
            waiting.remove(request);
            // A request that was answered with a timeout is not recorded later.
            request.recorded.cancel(false);
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
            together.forEach(request -> request.recorded.completeExceptionally(
                    new IllegalStateException("It is unknown whether the settlement was recorded")));
        }
    }

    private void recordTogether(List<Request> requests) {
        try {
            record(requests);
        } catch (RuntimeException failed) {
            if (requests.size() > 1) {
                // One faulty request must not fail the others.
                ConsecutiveFailureGuard alone = new ConsecutiveFailureGuard();
                requests.stream()
                        .filter(request -> !request.recorded.isDone())
                        .forEach(request -> alone.run(() -> record(List.of(request))));
            }
            requests.forEach(request -> request.recorded.completeExceptionally(failed));
        }
    }

    private void record(List<Request> requests) {
        Map<ReservationId, Settlement> first = new LinkedHashMap<>();
        requests.forEach(
                request -> request.settlements.forEach(settlement -> first.putIfAbsent(settlement.id(), settlement)));
        Optional<String> realmId = Optional.of(requests.get(0).realmId);
        Map<ReservationId, Settlement> now =
                ledgerClient.withPermit(ledger -> ledger.record(realmId, List.copyOf(first.values()))).stream()
                        .collect(Collectors.toMap(Settlement::id, Function.identity()));
        requests.forEach(request -> request.recorded.complete(request.settlements.stream()
                .map(Settlement::id)
                .filter(now::containsKey)
                .map(now::get)
                .toList()));
    }

    /** @param recorded done, or cancelled when no thread waits for it any more */
    private record Request(
            String realmId, List<Settlement> settlements, CompletableFuture<List<Settlement>> recorded) {}
}
