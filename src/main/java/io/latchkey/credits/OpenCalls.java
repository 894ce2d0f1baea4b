package io.latchkey.credits;

import io.latchkey.model.OpenCall;
import io.latchkey.model.ReservationId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls that one purse has set credits aside for. For one thread at a time. */
final class OpenCalls {

    /** Reservations of one owner at one API on one node that nobody has ended yet. */
    static final int MOST = 20_000;

    private final Map<ReservationId, OpenCall> calls = new HashMap<>();
    private long reserved;

    void add(ReservationId id, OpenCall call) {
        calls.put(id, call);
        reserved += id.amount().micros();
    }

    Optional<OpenCall> remove(ReservationId id) {
        Optional<OpenCall> call = Optional.ofNullable(calls.remove(id));
        call.ifPresent(found -> reserved -= id.amount().micros());
        return call;
    }

    List<ReservationId> overdue(Instant now, int most) {
        return calls.entrySet().stream()
                .filter(call -> call.getValue().isOverdue(now))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    Map<ReservationId, OpenCall> all() {
        return Map.copyOf(calls);
    }

    /** What is set aside for all of them, in millionths of a credit. */
    long reserved() {
        return reserved;
    }

    boolean isFull() {
        return calls.size() >= MOST;
    }

    int size() {
        return calls.size();
    }

    void clear() {
        calls.clear();
        reserved = 0;
    }
}
