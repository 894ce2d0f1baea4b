package io.latchkey.credits;

import io.latchkey.model.CreditLedger;
import io.latchkey.model.ReservationId;
import io.latchkey.model.Settlement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts on record how reservations of other nodes end. What arrives while that is being done waits, and then goes together, in one
 * transaction: the more there is to do, the less each costs.
 */
final class SettlementBatcher {

    /** More than that in one transaction is no gain. */
    private static final int ENOUGH = 1000;

    private final CreditLedger ledger;
    private final LedgerClient exchange;
    private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();

    SettlementBatcher(CreditLedger ledger, LedgerClient exchange) {
        this.ledger = ledger;
        this.exchange = exchange;
    }

    /** How each ends now; nothing of those that belong to no ledger row of that realm. */
    List<Settlement> record(String realmId, List<Settlement> wishes) {
        Request request = new Request(realmId, wishes);
        waiting.add(request);
        try {
            return LedgerClient.patiently(turn, () -> {
                // Others may have done it meanwhile, or have been too many.
                while (!request.isDone()) {
                    recordNext();
                }
                return request.answer();
            });
        } finally {
            waiting.remove(request);
            request.isAwaited = false;
        }
    }

    private void recordNext() {
        List<Request> together = new ArrayList<>();
        try {
            int wishes = 0;
            for (Request next = waiting.poll(); next != null; next = wishes < ENOUGH ? waiting.poll() : null) {
                together.add(next);
                wishes += next.wishes.size();
            }
            together.stream()
                    .collect(Collectors.groupingBy(request -> request.realmId))
                    .values()
                    .forEach(this::recordTogether);
        } finally {
            // Not even an error may leave somebody waiting for what is no longer in the queue.
            together.forEach(Request::giveUp);
        }
    }

    private void recordTogether(List<Request> requests) {
        try {
            record(requests);
        } catch (RuntimeException failed) {
            requests.forEach(request -> request.failure = failed);
            if (requests.size() > 1) {
                // Nobody suffers from what is wrong with another.
                FailureBudget alone = new FailureBudget();
                requests.forEach(request -> alone.make(() -> recordAlone(request)));
            }
        }
    }

    private void recordAlone(Request request) {
        // Whoever was told that it took too long shall not find it done much later.
        if (request.isAwaited) {
            record(List.of(request));
            request.failure = null;
        }
    }

    private void record(List<Request> requests) {
        Map<ReservationId, Settlement> first = new LinkedHashMap<>();
        requests.forEach(request -> request.wishes.forEach(wish -> first.putIfAbsent(wish.id(), wish)));
        Map<ReservationId, Settlement> now =
                exchange.withPermit(() -> ledger.record(requests.get(0).realmId, List.copyOf(first.values()))).stream()
                        .collect(Collectors.toMap(Settlement::id, Function.identity()));
        requests.forEach(request -> request.settlements = request.wishes.stream()
                .map(Settlement::id)
                .filter(now::containsKey)
                .map(now::get)
                .toList());
    }

    /** Belongs to whoever has the turn. */
    private static final class Request {
        private final String realmId;
        private final List<Settlement> wishes;
        private List<Settlement> settlements;
        private RuntimeException failure;
        private volatile boolean isAwaited = true;

        Request(String realmId, List<Settlement> wishes) {
            this.realmId = realmId;
            this.wishes = wishes;
        }

        boolean isDone() {
            return settlements != null || failure != null;
        }

        void giveUp() {
            if (!isDone()) {
                failure = new IllegalStateException("Nobody knows whether it is on record");
            }
        }

        List<Settlement> answer() {
            if (failure != null) {
                throw failure;
            }
            return settlements;
        }
    }
}
