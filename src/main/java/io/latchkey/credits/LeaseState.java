package io.latchkey.credits;

import io.latchkey.credits.ChargeResult.Standing;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.Credits;
import io.latchkey.model.LeaseReply;
import io.latchkey.model.LeaseReport;
import io.latchkey.model.OpenReservation;
import io.latchkey.model.ReservationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What a node and the ledger have said to each other about one lease, in millionths. For one thread at a time. */
final class LeaseState {

    private static final Logger LOG = Logger.getLogger(LeaseState.class);
    private static final Duration RENEWAL = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** So long after, the ledger may have deleted a lease of which all was used. */
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private static final Instant NEVER = Instant.EPOCH;

    private final CreditAccount account;
    private final String creditId;
    private long amount;
    private long used;
    private long reported;
    private long left;
    private Credits granted = Credits.ZERO;
    private Instant renewed = NEVER;
    private boolean inDoubt;
    private boolean contradicted;

    LeaseState(CreditAccount account, String creditId) {
        this.account = account;
        this.creditId = creditId;
    }

    void use(long micros) {
        used += micros;
    }

    long used() {
        return used;
    }

    /** Of what was borrowed; partly reserved. */
    long unused() {
        return amount - used;
    }

    /** What nobody had borrowed when the ledger was last heard. */
    long left() {
        return left;
    }

    /** Whether the ledger may say something else by now. */
    boolean isStale(Instant now) {
        return !now.isBefore(renewed.plus(PAUSE));
    }

    /** Whether the ledger knows of all that was used. */
    boolean isEven() {
        return !inDoubt && used == reported;
    }

    /** Whether the lease, if anything depends on it, must be heard of again. */
    boolean isOld(Instant now) {
        return !now.isBefore(renewed.plus(RENEWAL));
    }

    /** Asks for more. */
    LeaseReport borrowing(LeaseReport.Wish wish, Optional<Allowance> allowance, Instant now) {
        return report(LeaseReport.ALL, wish, allowance, Optional.empty(), now);
    }

    /** Tells of another allowance, and keeps nothing of the one before but what is reserved. */
    LeaseReport regranting(Allowance allowance, long reserved, Instant now) {
        amount = used + reserved;
        long keep = renewed.equals(NEVER) ? LeaseReport.ALL : amount;
        return report(keep, LeaseReport.Wish.NONE, Optional.of(allowance), Optional.empty(), now);
    }

    /** Says what was used, and gives something back. */
    LeaseReport returning(long spare, Optional<Map<ReservationId, OpenReservation>> left, Instant now) {
        // Out of reach before anybody else can have it.
        amount -= spare;
        // Who leaves and was not heard has nothing to spare the second time.
        long keep = spare > 0 || left.isPresent() ? amount : LeaseReport.ALL;
        return report(keep, LeaseReport.Wish.NONE, Optional.empty(), left, now);
    }

    private LeaseReport report(
            long keep,
            LeaseReport.Wish wish,
            Optional<Allowance> allowance,
            Optional<Map<ReservationId, OpenReservation>> left,
            Instant now) {
        boolean forgotten = used == reported && unused() == 0 && !now.isBefore(renewed.plus(FORGOTTEN));
        Optional<Long> known = forgotten || renewed.equals(NEVER) ? Optional.empty() : Optional.of(used);
        inDoubt = true;
        return new LeaseReport(creditId, known, keep, wish, allowance, left);
    }

    void learn(LeaseReport report, LeaseReply answer, Instant now) {
        if (answer instanceof LeaseReply.Contradicted other) {
            warn(report, other.lease());
            learn(report, other.lease(), now);
        } else {
            learn(report, (LeaseReply.Lease) answer, now);
        }
    }

    private void learn(LeaseReport report, LeaseReply.Lease lease, Instant now) {
        // Where the ledger knows something else than was said, it is that, and what was used since.
        used += lease.used() - report.used().orElse(used);
        amount = lease.amount();
        reported = lease.used();
        left = lease.left().micros();
        granted = lease.granted();
        renewed = now;
        inDoubt = false;
    }

    private void warn(LeaseReport report, LeaseReply.Lease lease) {
        if (!contradicted) {
            contradicted = true;
            LOG.warnf(
                    "The database was set back: owner %s has spent %s credits here at API %s of realm %s, and %s are on record now",
                    account.ownerId(),
                    new Credits(report.used().orElse(0L)),
                    account.apiId(),
                    account.realmId(),
                    new Credits(lease.used()));
        }
    }

    /** As far as it is known here: what nobody has borrowed, and what is free of what this node has. */
    Standing standing(long free, Optional<Instant> resets) {
        return new Standing(granted, new Credits(Math.max(0, left + free)), resets);
    }
}
