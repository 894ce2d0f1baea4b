package io.latchkey.credits;

import io.latchkey.model.OpenReservation;
import io.latchkey.model.ReservationId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The calls that one purse has set credits aside for. For one thread at a time. */
final class OpenReservations {

    /** Reservations of one owner at one API on one node that nobody has ended yet. */
    static final int MOST = 20_000;

    private final Map<ReservationId, OpenReservation> calls = new HashMap<>();
    /** Of those the ledger says how they end, since it is being told that nobody ended them. */
    private final Set<ReservationId> expiring = new HashSet<>();

    private long reserved;

    void add(ReservationId id, OpenReservation call) {
        calls.put(id, call);
        reserved += id.amount().micros();
    }

    Optional<OpenReservation> remove(ReservationId id) {
        Optional<OpenReservation> call = Optional.ofNullable(calls.remove(id));
        call.ifPresent(found -> reserved -= id.amount().micros());
        expiring.remove(id);
        return call;
    }

    /** Those that are to expire: from now on the ledger says how they end. */
    List<ReservationId> expire(Instant now, int most) {
        List<ReservationId> overdue = calls.entrySet().stream()
                .filter(call -> call.getValue().isOverdue(now))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
        expiring.addAll(overdue);
        return overdue;
    }

    boolean isExpiring(ReservationId id) {
        return expiring.contains(id);
    }

    Map<ReservationId, OpenReservation> all() {
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
        expiring.clear();
        reserved = 0;
    }
}
