package io.latchkey.credits.lease;

import io.latchkey.charging.ChargeResult.AllowanceStatus;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.LeaseRenewalRequest;
import io.latchkey.credits.ledger.LeaseRenewalResponse;
import io.latchkey.credits.ledger.OpenReservation;
import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Keeps the leased, used and reported amounts of one lease, in millionths, builds its reports to the ledger, and applies the replies. Not
 * thread-safe.
 */
final class LeaseBalances {

    private static final Logger LOG = Logger.getLogger(LeaseBalances.class);
    private static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(15);
    private static final Duration MIN_RENEWAL = Duration.ofSeconds(1);
    /** After this time the ledger may have deleted a lease that was used up. */
    private static final Duration DELETED_AFTER = Duration.ofHours(1);

    private static final Instant NEVER = Instant.EPOCH;

    private final CreditAccount account;
    private final String creditId;
    private long amount;
    private long used;
    private long reported;
    private long available;
    private CreditAmount granted = CreditAmount.ZERO;
    private Instant renewed = NEVER;
    private boolean replyPending;
    private boolean warned;

    LeaseBalances(CreditAccount account, String creditId) {
        this.account = account;
        this.creditId = creditId;
    }

    void use(long micros) {
        used += micros;
    }

    long used() {
        return used;
    }

    /** Leased and not used; includes reserved credits. */
    long unused() {
        return amount - used;
    }

    /** What no node had leased at the last reply of the ledger. */
    long available() {
        return available;
    }

    /** Whether the last reply of the ledger is out of date. */
    boolean isStale(Instant now) {
        return !now.isBefore(renewed.plus(MIN_RENEWAL));
    }

    /** Whether the ledger knows of all that was used. */
    boolean isReported() {
        return !replyPending && used == reported;
    }

    /** Whether the lease must be renewed if it still holds credits. */
    boolean isRenewalDue(Instant now) {
        return !now.isBefore(renewed.plus(RENEWAL_INTERVAL));
    }

    /** Reports, and asks for more. */
    LeaseRenewalRequest borrowReport(LeaseRenewalRequest.Demand demand, Optional<Allowance> allowance, Instant now) {
        return report(LeaseRenewalRequest.ALL, demand, allowance, Optional.empty(), now);
    }

    /** Reports a changed allowance, and keeps only what is reserved. */
    LeaseRenewalRequest allowanceReport(Allowance allowance, long reserved, Instant now) {
        amount = used + reserved;
        long keep = renewed.equals(NEVER) ? LeaseRenewalRequest.ALL : amount;
        return report(keep, LeaseRenewalRequest.Demand.NONE, Optional.of(allowance), Optional.empty(), now);
    }

    /** Reports what was used, and returns {@code spare}. */
    LeaseRenewalRequest returnReport(
            long spare, Optional<Map<ReservationId, OpenReservation>> handedOver, Instant now) {
        // Deducted before the ledger can lease it to another node.
        amount -= spare;
        // A repeated shutdown report has nothing to return.
        long keep = spare > 0 || handedOver.isPresent() ? amount : LeaseRenewalRequest.ALL;
        return report(keep, LeaseRenewalRequest.Demand.NONE, Optional.empty(), handedOver, now);
    }

    private LeaseRenewalRequest report(
            long keep,
            LeaseRenewalRequest.Demand demand,
            Optional<Allowance> allowance,
            Optional<Map<ReservationId, OpenReservation>> handedOver,
            Instant now) {
        boolean deleted = used == reported && unused() == 0 && !now.isBefore(renewed.plus(DELETED_AFTER));
        Optional<Long> known = deleted || renewed.equals(NEVER) ? Optional.empty() : Optional.of(used);
        replyPending = true;
        return new LeaseRenewalRequest(creditId, known, keep, demand, allowance, handedOver);
    }

    void apply(LeaseRenewalRequest report, LeaseRenewalResponse lease, Instant now) {
        if (lease.contradicted() && !warned) {
            warned = true;
            LOG.warnf(
                    "The database was set back: owner %s has spent %s credits here at API %s of realm %s, and %s are on record now",
                    account.ownerId(),
                    new CreditAmount(report.used().orElse(0L)),
                    account.apiId(),
                    account.realmId(),
                    new CreditAmount(lease.used()));
        }
        // If the ledger corrects the total, what was used since the report is added to it.
        used += lease.used() - report.used().orElse(used);
        amount = lease.amount();
        reported = lease.used();
        available = lease.available().micros();
        granted = lease.granted();
        renewed = now;
        replyPending = false;
    }

    /** The balance as this node knows it: available credits of the ledger, and free credits of this lease. */
    AllowanceStatus allowanceStatus(long free, Optional<Instant> resets) {
        return new AllowanceStatus(granted, new CreditAmount(Math.max(0, available + free)), resets);
    }
}
