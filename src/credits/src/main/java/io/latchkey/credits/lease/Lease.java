package io.latchkey.credits.lease;

import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.ChargeResult.AllowanceStatus;
import io.latchkey.charging.ChargeResult.Reservation;
import io.latchkey.charging.SettlementListener;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.LeaseRenewalRequest;
import io.latchkey.credits.ledger.LeaseRenewalResponse;
import io.latchkey.credits.ledger.OpenReservation;
import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.credits.ledger.Settlement;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.ReservationState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Charges calls to the credits that one node has leased from one ledger row. Used, reserved and free credits never add up to
 * more than the ledger has leased. One thread at a time reports to the ledger; any number charges.
 */
final class Lease {

    /** A lease without a call for this time is returned. */
    static final Duration IDLE = Duration.ofSeconds(10);

    private final String node;
    private final CreditAccount account;
    private final String creditId;
    private final ReentrantLock reportLock = new ReentrantLock();
    private final SettlementListener settlementListener;
    private final OpenReservations reservations = new OpenReservations();
    private final LeaseSizing size = new LeaseSizing();
    private final LeaseBalances state;
    private Instant lastUsed;
    private volatile boolean low;
    private volatile boolean closed;

    Lease(String node, CreditAccount account, String creditId, Instant now, SettlementListener settlementListener) {
        this.node = node;
        this.account = account;
        this.creditId = creditId;
        this.lastUsed = now;
        this.settlementListener = settlementListener;
        this.state = new LeaseBalances(account, creditId);
    }

    CreditAccount account() {
        return account;
    }

    /** Held while a report of this lease is with the ledger. */
    Lock reportLock() {
        return reportLock;
    }

    /**
     * Reserves or spends the price of a call; empty if too little is free.
     *
     * @param life of a reservation
     * @param resets end of the period
     */
    Optional<ChargeResult> charge(ChargeRequest chargeRequest, Instant now, Duration life, Optional<Instant> resets) {
        OpenReservation call = new OpenReservation(chargeRequest.key(), now, now.plus(life));
        // Random numbers are drawn outside the lock.
        Optional<ReservationId> id = chargeRequest.settled()
                ? Optional.empty()
                : Optional.of(ReservationId.next(node, creditId, chargeRequest.cost()));
        synchronized (this) {
            lastUsed = now;
            if (closed || chargeRequest.cost().micros() > free() || id.isPresent() && reservations.isFull()) {
                return Optional.empty();
            }
            id.ifPresentOrElse(reserved -> reservations.add(reserved, call), () -> spend(call, chargeRequest.cost()));
            low = state.available() > 0 && size.isLow(free());
            Optional<Reservation> reservation =
                    id.map(reserved -> new Reservation(reserved.toString(), call.expires()));
            return Optional.of(new ChargeResult.Paid(chargeRequest.cost(), reservation, allowanceStatus(resets)));
        }
    }

    private void spend(OpenReservation call, CreditAmount cost) {
        state.use(cost.micros());
        call.publish(settlementListener, account.apiId(), ReservationState.SETTLED, cost);
    }

    private long free() {
        return state.unused() - reservations.reserved();
    }

    /** Settles a reservation; empty if it is not open here. */
    synchronized Optional<OpenReservation> settle(Settlement settlement) {
        Optional<OpenReservation> call = closed ? Optional.empty() : reservations.remove(settlement.id());
        call.ifPresent(ended -> settle(ended, settlement));
        return call;
    }

    /** Settles a reservation for a client, unless it is expiring, when the ledger decides. */
    synchronized Optional<OpenReservation> settleUnlessExpiring(Settlement settlement) {
        return reservations.isExpiring(settlement.id()) ? Optional.empty() : settle(settlement);
    }

    /** Charges a call whose reservation has expired; false if too little is free. */
    synchronized boolean settleLate(OpenReservation call, Settlement settlement) {
        boolean covered = !closed && settlement.charged().micros() <= free();
        if (covered) {
            settle(call, settlement);
        }
        return covered;
    }

    private void settle(OpenReservation call, Settlement settlement) {
        long charged =
                Math.min(settlement.charged().micros(), settlement.id().amount().micros());
        state.use(charged);
        call.publish(settlementListener, account.apiId(), settlement.outcome(), new CreditAmount(charged));
    }

    /** Whether only the ledger knows the outcome: the reservation is expiring, or was handed over. */
    synchronized boolean isDecidedByLedger(ReservationId id) {
        return closed || reservations.isExpiring(id);
    }

    /** Marks overdue reservations as expiring: from now on the ledger decides about them. */
    synchronized List<ReservationId> expire(Instant now, int most) {
        return reservations.expire(now, most);
    }

    synchronized int openReservations() {
        return reservations.size();
    }

    /** Whether the number of open reservations is at its limit, which keeps one owner from filling the node. */
    synchronized boolean isFull() {
        return reservations.isFull();
    }

    /** Whether the price is not covered and a report to the ledger could change that. */
    synchronized boolean lacks(CreditAmount cost, Instant now) {
        return lacks(cost) && (cost.micros() - free() <= state.available() || state.isStale(now));
    }

    /** Whether the price is not covered. */
    synchronized boolean lacks(CreditAmount cost) {
        return !closed && cost.micros() > free();
    }

    /** Whether the last reply of the ledger is out of date. */
    synchronized boolean isStale(Instant now) {
        return state.isStale(now);
    }

    /** Reports, and asks for the price and for the amount that this node leases at once. */
    synchronized LeaseRenewalRequest borrowReport(CreditAmount cost, Allowance allowance, Instant now) {
        return borrowReport(Math.max(0, cost.micros() - free()), cost, allowance, now);
    }

    /** Reports, and asks for exactly what the price lacks. */
    synchronized LeaseRenewalRequest exactBorrowReport(CreditAmount cost, Instant now) {
        long missing = Math.max(0, cost.micros() - free());
        return state.borrowReport(new LeaseRenewalRequest.Demand(missing, missing), Optional.empty(), now);
    }

    /** Reports, and leases ahead of need. */
    synchronized LeaseRenewalRequest prefetchReport(CreditAmount cost, Allowance allowance, Instant now) {
        return borrowReport(0, cost, allowance, now);
    }

    private LeaseRenewalRequest borrowReport(long minimum, CreditAmount cost, Allowance allowance, Instant now) {
        long maximum = Math.max(minimum, size.next(cost.micros(), state.used() + reservations.reserved(), now));
        return state.borrowReport(new LeaseRenewalRequest.Demand(minimum, maximum), Optional.of(allowance), now);
    }

    /** Reports a changed allowance, and returns what was leased under the one before. */
    synchronized LeaseRenewalRequest allowanceReport(Allowance allowance, Instant now) {
        return state.allowanceReport(allowance, reservations.reserved(), now);
    }

    /** Reports what was used, and returns what is not needed soon. */
    synchronized LeaseRenewalRequest returnReport(Instant now) {
        long spare = isIdle(now) ? free() : free() - 2 * size.current();
        return state.returnReport(Math.max(0, spare), Optional.empty(), now);
    }

    /** Closes the lease, returns its free credits, and hands open reservations over to other nodes. */
    synchronized LeaseRenewalRequest shutdownReport(Instant now) {
        closed = true;
        return state.returnReport(Math.max(0, free()), Optional.of(reservations.all()), now);
    }

    /** @param reply empty if the ledger row no longer exists */
    synchronized void apply(LeaseRenewalRequest report, Optional<LeaseRenewalResponse> reply, Instant now) {
        reply.ifPresentOrElse(lease -> state.apply(report, lease, now), this::close);
    }

    /** Whether a report to the ledger is due. */
    synchronized boolean isDue(Instant now) {
        return !state.isReported()
                || free() > 0 && isIdle(now)
                || state.isRenewalDue(now) && (free() > 0 || reservations.reserved() > 0);
    }

    /** Closes the lease if it is empty, reported and idle; returns whether it is closed. */
    synchronized boolean closeIfIdle(Instant now) {
        if (state.isReported() && reservations.size() == 0 && free() <= 0 && isIdle(now)) {
            closed = true;
        }
        return closed;
    }

    synchronized void close() {
        closed = true;
        reservations.clear();
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether to lease ahead now; true for one of several concurrent callers. */
    boolean runsLow(Instant now) {
        // Read at every call, without the lock.
        return low && isTimeToBorrow(now);
    }

    private synchronized boolean isTimeToBorrow(Instant now) {
        return state.available() > 0 && size.runsLow(free(), now);
    }

    /** The balance as this node knows it: available credits of the ledger, and free credits of this lease. */
    synchronized AllowanceStatus allowanceStatus(Optional<Instant> resets) {
        return state.allowanceStatus(free(), resets);
    }

    synchronized boolean isIdle(Instant now) {
        return !now.isBefore(lastUsed.plus(IDLE));
    }
}
