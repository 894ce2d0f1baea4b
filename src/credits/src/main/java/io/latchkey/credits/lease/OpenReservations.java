package io.latchkey.credits.lease;

import io.latchkey.credits.ledger.OpenReservation;
import io.latchkey.credits.ledger.ReservationId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds the open reservations of one lease. Not thread-safe. */
final class OpenReservations {

    /** Open reservations of one owner at one API on one node. */
    static final int MAX = 20_000;

    private final Map<ReservationId, OpenReservation> calls = new HashMap<>();
    /** Reservations that are being recorded as expired: the ledger decides about them. */
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

    /** Marks overdue reservations as expiring, and returns them. */
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

    /** The sum of all reservations, in millionths of a credit. */
    long reserved() {
        return reserved;
    }

    boolean isFull() {
        return calls.size() >= MAX;
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
