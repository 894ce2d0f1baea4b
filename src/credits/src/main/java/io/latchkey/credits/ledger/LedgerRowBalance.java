package io.latchkey.credits.ledger;

import io.latchkey.credits.ledger.LeaseRecord.State;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Calculates the sums of one locked ledger row and its leases. Spent, leased and written-off credits never exceed what is
 * granted.
 */
public final class LedgerRowBalance {

    /** A node that has not reported for this time counts as dead. */
    public static final Duration LOST_AFTER = Duration.ofMinutes(1);

    private final Map<String, LeaseRecord> leases;
    private Totals totals;

    /** @param leases by node */
    public LedgerRowBalance(Totals totals, Map<String, LeaseRecord> leases) {
        this.totals = totals;
        this.leases = new HashMap<>(leases);
    }

    public Totals totals() {
        return totals;
    }

    /** By node. */
    public Map<String, LeaseRecord> leases() {
        return Map.copyOf(leases);
    }

    /** Sets the allowance; never below what is spent, leased or written off already. */
    public void grant(Allowance allowance) {
        totals = totals.withAllowance(allowance);
    }

    /** @return false if the top-ups would exceed {@link CreditAmount#MOST}; then nothing changes */
    public boolean topUp(CreditAmount more) {
        // Both are bounded, so the sum cannot overflow.
        long toppedUp = totals.toppedUp() + more.micros();
        boolean fits = toppedUp <= CreditAmount.MOST.micros();
        if (fits) {
            totals = totals.grant(totals.allowance(), toppedUp);
        }
        return fits;
    }

    public LeaseRenewalResponse report(String node, LeaseRenewalRequest report, Instant now) {
        LeaseRecord known = leases.getOrDefault(node, LeaseRecord.NONE);
        boolean stopped = known.state() == State.STOPPED;
        boolean stops = report.handedOver().isPresent();
        if (stopped && !stops) {
            // The rest of the lease covers reservations that other nodes settle: a late report gets none of it.
            return response(known.used(), known.used(), false);
        }
        if (known.state() == State.LOST) {
            // The node reports again.
            totals = totals.writeOff(-known.rest());
        }
        long reported = report.used().orElse(known.used());
        // Extends the lease by what the node has spent beyond it, as far as credits are available.
        long beyond = Math.min(Math.max(0, reported - known.amount()), totals.available());
        long amount = known.amount() + beyond;
        long used = Math.max(known.used(), Math.min(amount, reported));
        long kept = Math.max(used, Math.min(amount, report.keep()));
        totals = totals.lease(beyond).spend(used - known.used()).lease(kept - amount);
        report.allowance().ifPresent(this::grant);
        long more = stops ? 0 : report.demand().share(totals.available(), leaseHolders(node, now));
        totals = totals.lease(more);
        leases.put(node, new LeaseRecord(kept + more, used, now.toEpochMilli(), stops ? State.STOPPED : State.OPEN));
        // Other nodes may have settled what it handed over before it repeated the report.
        boolean fits = reported <= known.amount() && (stopped || reported >= known.used());
        return response(kept + more, used, !fits);
    }

    private LeaseRenewalResponse response(long amount, long used, boolean contradicted) {
        return new LeaseRenewalResponse(
                amount, used, new CreditAmount(totals.available()), new CreditAmount(totals.granted()), contradicted);
    }

    /** The number of live nodes with a lease, this one included. */
    private int leaseHolders(String node, Instant now) {
        return 1
                + (int) leases.entrySet().stream()
                        .filter(lease -> !lease.getKey().equals(node)
                                && lease.getValue().state() == State.OPEN
                                && lease.getValue().renewedAt() >= lostBefore(now))
                        .count();
    }

    private static long lostBefore(Instant now) {
        return now.minus(LOST_AFTER).toEpochMilli();
    }

    /** Writes off the leases of dead nodes. Written-off credits are leased to no other node. */
    public void writeOff(Instant now) {
        leases.replaceAll((node, lease) -> {
            if (lease.state() != State.OPEN || lease.renewedAt() >= lostBefore(now) || lease.rest() == 0) {
                return lease;
            }
            totals = totals.writeOff(lease.rest());
            return new LeaseRecord(lease.amount(), lease.used(), lease.renewedAt(), State.LOST);
        });
    }

    /** Returns what stopped nodes held for reservations that have ended by now. */
    public void reclaim(Instant before) {
        leases.replaceAll((node, lease) -> {
            if (lease.state() != State.STOPPED || lease.renewedAt() >= before.toEpochMilli()) {
                return lease;
            }
            totals = totals.lease(-lease.rest());
            return lease.with(lease.used(), lease.used());
        });
    }

    /** @return whether it was settled here, because the node that reserved it has stopped */
    public boolean settle(Settlement settlement) {
        String node = settlement.id().node();
        LeaseRecord lease = leases.getOrDefault(node, LeaseRecord.NONE);
        long reserved = settlement.id().amount().micros();
        long charged = settlement.charged().micros();
        if (lease.state() != State.STOPPED || lease.rest() < reserved || charged > reserved) {
            return false;
        }
        totals = totals.spend(charged).lease(charged - reserved);
        leases.put(node, lease.with(lease.amount() - reserved + charged, lease.used() + charged));
        return true;
    }

    /**
     * The sums of a ledger row, in millionths.
     *
     * @param allowance allowance of the period, as last reported
     * @param granted allowance and top-ups; more only if more was spent before the allowance shrank
     * @param leased to nodes, and not reported as spent
     */
    @Embeddable
    public record Totals(
            @Column(name = "ALLOWANCE") long allowance,
            @Column(name = "TOPPED_UP") long toppedUp,
            @Column(name = "GRANTED") long granted,
            @Column(name = "SPENT") long spent,
            @Column(name = "LEASED") long leased,
            @Column(name = "WRITTEN_OFF") long writtenOff) {

        public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0);

        public Totals {
            if (spent < 0 || leased < 0 || writtenOff < 0 || spent + leased + writtenOff > granted) {
                throw new IllegalStateException("More is gone than was granted: " + spent + " spent, " + leased
                        + " leased, " + writtenOff + " written off of " + granted);
            }
        }

        public long available() {
            return granted - spent - leased - writtenOff;
        }

        public Totals withAllowance(Allowance newAllowance) {
            return grant(newAllowance.credits().micros(), toppedUp);
        }

        Totals grant(long newAllowance, long newTopUp) {
            long wanted = Math.addExact(newAllowance, newTopUp);
            return new Totals(
                    newAllowance, newTopUp, Math.max(wanted, spent + leased + writtenOff), spent, leased, writtenOff);
        }

        Totals spend(long micros) {
            return new Totals(allowance, toppedUp, granted, spent + micros, leased - micros, writtenOff);
        }

        /** Returned credits are no longer granted if the allowance has shrunk meanwhile. */
        Totals lease(long more) {
            return new Totals(allowance, toppedUp, granted, spent, leased + more, writtenOff)
                    .grant(allowance, toppedUp);
        }

        Totals writeOff(long lost) {
            return new Totals(allowance, toppedUp, granted, spent, leased - lost, writtenOff + lost);
        }
    }
}
