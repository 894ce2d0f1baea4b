package io.latchkey.credits;

import io.latchkey.credits.ChargeResult.Reservation;
import io.latchkey.credits.ChargeResult.Standing;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.Credits;
import io.latchkey.model.LeaseReply;
import io.latchkey.model.LeaseReport;
import io.latchkey.model.OpenReservation;
import io.latchkey.model.ReservationId;
import io.latchkey.model.Settlement;
import io.latchkey.model.SettlementListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one node has borrowed of one ledger row. What was used, what is reserved and what is free always add up to the amount
 * that the ledger has lent, or to less. Only one thread at a time exchanges reports with the ledger; any number spends.
 */
final class Lease {

    /** So long without a call, and nothing is kept. */
    static final Duration IDLE = Duration.ofSeconds(10);

    private final String node;
    private final CreditAccount account;
    private final String creditId;
    private final ReentrantLock exchange = new ReentrantLock();
    private final SettlementListener uses;
    private final OpenReservations open = new OpenReservations();
    private final LeaseSizing size = new LeaseSizing();
    private final LeaseState book;
    private Instant touched;
    private volatile boolean low;
    private volatile boolean closed;

    Lease(String node, CreditAccount account, String creditId, Instant now, SettlementListener uses) {
        this.node = node;
        this.account = account;
        this.creditId = creditId;
        this.touched = now;
        this.uses = uses;
        this.book = new LeaseState(account, creditId);
    }

    CreditAccount account() {
        return account;
    }

    /** Held by whoever brings a report to the ledger. */
    Lock exchange() {
        return exchange;
    }

    /**
     * Takes the price of a call; empty where there is not enough.
     *
     * @param life of a reservation
     * @param resets when the period ends
     */
    Optional<ChargeResult> pay(ChargeRequest chargeRequest, Instant now, Duration life, Optional<Instant> resets) {
        OpenReservation call = new OpenReservation(chargeRequest.key(), now, now.plus(life));
        // Made while nobody waits for it.
        Optional<ReservationId> id = chargeRequest.settled()
                ? Optional.empty()
                : Optional.of(ReservationId.next(node, creditId, chargeRequest.cost()));
        synchronized (this) {
            touched = now;
            if (closed || chargeRequest.cost().micros() > free() || id.isPresent() && open.isFull()) {
                return Optional.empty();
            }
            id.ifPresentOrElse(name -> open.add(name, call), () -> spend(call, chargeRequest.cost()));
            low = book.left() > 0 && size.isLow(free());
            Optional<Reservation> reservation = id.map(name -> new Reservation(name, call.expires()));
            return Optional.of(new ChargeResult.Paid(chargeRequest.cost(), reservation, standing(resets)));
        }
    }

    private void spend(OpenReservation call, Credits cost) {
        book.use(cost.micros());
        call.tell(uses, account.apiId(), Settlement.Outcome.SETTLED, cost);
    }

    private long free() {
        return book.unused() - open.reserved();
    }

    /** Ends a reservation; empty where it is not open, here or any more. */
    synchronized Optional<OpenReservation> end(Settlement settlement) {
        Optional<OpenReservation> call = closed ? Optional.empty() : open.remove(settlement.id());
        call.ifPresent(ended -> charge(ended, settlement));
        return call;
    }

    /** The same as a client wishes, unless the ledger is about to say how it ends. */
    synchronized Optional<OpenReservation> endAsWished(Settlement wish) {
        return open.isExpiring(wish.id()) ? Optional.empty() : end(wish);
    }

    /** Charges a call whose reservation has expired; false where there is not enough. */
    synchronized boolean settleLate(OpenReservation call, Settlement settlement) {
        boolean covered = !closed && settlement.charged().micros() <= free();
        if (covered) {
            charge(call, settlement);
        }
        return covered;
    }

    private void charge(OpenReservation call, Settlement settlement) {
        long charged =
                Math.min(settlement.charged().micros(), settlement.id().amount().micros());
        book.use(charged);
        call.tell(uses, account.apiId(), settlement.outcome(), new Credits(charged));
    }

    /** Whether nobody but the ledger can say how it ends: it expires, or was left to others. */
    synchronized boolean isOutOfHand(ReservationId id) {
        return closed || open.isExpiring(id);
    }

    /** What nobody has ended in time: from now on the ledger says how it ends. */
    synchronized List<ReservationId> expire(Instant now, int most) {
        return open.expire(now, most);
    }

    synchronized int reservations() {
        return open.size();
    }

    /** Whether some reservations have to end before there can be another, so that one owner does not fill the node. */
    synchronized boolean isFull() {
        return open.isFull();
    }

    /** Whether it is worth asking the ledger before such a price can be paid. */
    synchronized boolean lacks(Credits cost, Instant now) {
        return lacks(cost) && (cost.micros() - free() <= book.left() || book.isStale(now));
    }

    /** The same, whatever the ledger said a moment ago. */
    synchronized boolean lacks(Credits cost) {
        return !closed && cost.micros() > free();
    }

    /** Whether the ledger may say something else by now. */
    synchronized boolean isStale(Instant now) {
        return book.isStale(now);
    }

    /** Asks for enough to pay that, and for as much more as is worth asking for at once. */
    synchronized LeaseReport borrowing(Credits cost, Allowance allowance, Instant now) {
        return borrowing(Math.max(0, cost.micros() - free()), cost, allowance, now);
    }

    /** Asks for what is missing to pay that, and for nothing else. */
    synchronized LeaseReport borrowingFor(Credits cost, Instant now) {
        long missing = Math.max(0, cost.micros() - free());
        return book.borrowing(new LeaseReport.Wish(missing, missing), Optional.empty(), now);
    }

    /** Asks before it is needed. */
    synchronized LeaseReport borrowingAhead(Credits cost, Allowance allowance, Instant now) {
        return borrowing(0, cost, allowance, now);
    }

    private LeaseReport borrowing(long least, Credits cost, Allowance allowance, Instant now) {
        long most = Math.max(least, size.next(cost.micros(), book.used() + open.reserved(), now));
        return book.borrowing(new LeaseReport.Wish(least, most), Optional.of(allowance), now);
    }

    /** Asks for what the purse of the period before needed at once. */
    synchronized LeaseReport beginning(long appetite, Allowance allowance, Instant now) {
        size.begin(appetite, now);
        return book.borrowing(new LeaseReport.Wish(0, appetite), Optional.of(allowance), now);
    }

    synchronized long appetite() {
        return size.current();
    }

    /** Tells of another allowance, and gives back what was borrowed by the one before. */
    synchronized LeaseReport regranting(Allowance allowance, Instant now) {
        return book.regranting(allowance, open.reserved(), now);
    }

    /** Says what was used, and gives back what is not likely to be. */
    synchronized LeaseReport returning(Instant now) {
        long spare = isIdle(now) ? free() : free() - 2 * size.current();
        return book.returning(Math.max(0, spare), Optional.empty(), now);
    }

    /** Says what was used, and leaves what is reserved to others; nothing can be paid or ended here any more. */
    synchronized LeaseReport leaving(Instant now) {
        closed = true;
        return book.returning(Math.max(0, free()), Optional.of(open.all()), now);
    }

    synchronized void learn(LeaseReport report, LeaseReply answer, Instant now) {
        if (answer instanceof LeaseReply.Gone) {
            close();
        } else {
            book.learn(report, answer, now);
        }
    }

    /** Whether there is something the ledger should hear. */
    synchronized boolean isDue(Instant now) {
        return !book.isEven() || free() > 0 && isIdle(now) || book.isOld(now) && (free() > 0 || open.reserved() > 0);
    }

    /** Closes it for good if it holds nothing and nobody has come for long. */
    synchronized boolean retire(Instant now) {
        if (book.isEven() && open.size() == 0 && free() <= 0 && isIdle(now)) {
            closed = true;
        }
        return closed;
    }

    synchronized void close() {
        closed = true;
        open.clear();
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether it is time to borrow ahead; said to one of those who ask. */
    boolean runsLow(Instant now) {
        // Asked at every call, by those as well who have no lock.
        return low && isTimeToBorrow(now);
    }

    private synchronized boolean isTimeToBorrow(Instant now) {
        return book.left() > 0 && size.runsLow(free(), now);
    }

    /** As far as it is known here: what nobody has borrowed, and what this node has not used. */
    synchronized Standing standing(Optional<Instant> resets) {
        return book.standing(free(), resets);
    }

    synchronized boolean isIdle(Instant now) {
        return !now.isBefore(touched.plus(IDLE));
    }
}
