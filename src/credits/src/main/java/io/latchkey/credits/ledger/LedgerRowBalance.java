package io.latchkey.credits.ledger;

import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
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

    private final String creditId;
    private final Map<String, LeaseRecord> leases;
    private Totals totals;

    public LedgerRowBalance(String creditId, Totals totals, Map<String, LeaseRecord> leases) {
        this.creditId = creditId;
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
        LeaseRecord known = restored(leases.getOrDefault(node, LeaseRecord.NONE));
        if (known.state() == LeaseRecord.State.STOPPED && report.handedOver().isEmpty()) {
            // The rest of the lease covers reservations that other nodes settle: a late report gets none of it.
            return lease(known.used(), known.used());
        }
        long reported = report.used().orElse(known.used());
        LeaseRecord leaseRecord = extended(known, reported);
        long used = Math.max(leaseRecord.used(), Math.min(leaseRecord.amount(), reported));
        totals = totals.spend(used - leaseRecord.used());
        long kept = Math.max(used, Math.min(leaseRecord.amount(), report.keep()));
        totals = totals.lease(kept - leaseRecord.amount());
        report.allowance().ifPresent(this::grant);
        leases.put(node, leaseRecord);
        boolean stops = report.handedOver().isPresent();
        long more = stops ? 0 : report.demand().share(totals.available(), leaseHolders(node, now));
        totals = totals.lease(more);
        leases.put(
                node,
                new LeaseRecord(
                        kept + more,
                        used,
                        now.toEpochMilli(),
                        stops ? LeaseRecord.State.STOPPED : LeaseRecord.State.OPEN));
        LeaseRenewalResponse.Lease lease = lease(kept + more, used);
        // Other nodes may have settled what it handed over before it repeated the report.
        boolean enough = reported >= known.used() || known.state() == LeaseRecord.State.STOPPED;
        boolean fits = enough && reported <= known.amount();
        return fits ? lease : new LeaseRenewalResponse.Contradicted(lease);
    }

    private LeaseRenewalResponse.Lease lease(long amount, long used) {
        return new LeaseRenewalResponse.Lease(
                creditId, amount, used, new CreditAmount(totals.available()), new CreditAmount(totals.granted()));
    }

    /** Extends the lease by what the node has spent beyond it, as far as credits are available. */
    private LeaseRecord extended(LeaseRecord leaseRecord, long used) {
        long more = Math.min(Math.max(0, used - leaseRecord.amount()), totals.available());
        totals = totals.lease(more);
        return new LeaseRecord(
                leaseRecord.amount() + more, leaseRecord.used(), leaseRecord.renewedAt(), leaseRecord.state());
    }

    /** Undoes the write-off of a node that reports again. */
    private LeaseRecord restored(LeaseRecord leaseRecord) {
        if (leaseRecord.state() == LeaseRecord.State.LOST) {
            totals = totals.writeOff(-leaseRecord.rest());
        }
        return leaseRecord;
    }

    private int leaseHolders(String node, Instant now) {
        long lostBefore = now.minus(LOST_AFTER).toEpochMilli();
        return (int) leases.entrySet().stream()
                .filter(leaseRecord -> leaseRecord.getKey().equals(node)
                        || leaseRecord.getValue().state() == LeaseRecord.State.OPEN
                                && leaseRecord.getValue().renewedAt() >= lostBefore)
                .count();
    }

    /** Writes off the leases of dead nodes. Written-off credits are leased to no other node. */
    public void writeOff(Instant now) {
        long lostBefore = now.minus(LOST_AFTER).toEpochMilli();
        leases.replaceAll((node, leaseRecord) -> {
            boolean lost = leaseRecord.state() == LeaseRecord.State.OPEN && leaseRecord.renewedAt() < lostBefore;
            if (!lost || leaseRecord.rest() == 0) {
                return leaseRecord;
            }
            totals = totals.writeOff(leaseRecord.rest());
            return new LeaseRecord(
                    leaseRecord.amount(), leaseRecord.used(), leaseRecord.renewedAt(), LeaseRecord.State.LOST);
        });
    }

    /** Returns what stopped nodes held for reservations that have ended by now. */
    public void reclaim(Instant before) {
        leases.replaceAll((node, leaseRecord) -> {
            if (leaseRecord.state() != LeaseRecord.State.STOPPED || leaseRecord.renewedAt() >= before.toEpochMilli()) {
                return leaseRecord;
            }
            totals = totals.lease(-leaseRecord.rest());
            return new LeaseRecord(
                    leaseRecord.used(), leaseRecord.used(), leaseRecord.renewedAt(), leaseRecord.state());
        });
    }

    /** @return whether it was settled here, because the node that reserved it has stopped */
    public boolean settle(Settlement settlement) {
        ReservationId id = settlement.id();
        LeaseRecord leaseRecord = leases.getOrDefault(id.node(), LeaseRecord.NONE);
        long reserved = id.amount().micros();
        long charged = settlement.charged().micros();
        if (leaseRecord.state() != LeaseRecord.State.STOPPED || leaseRecord.rest() < reserved || charged > reserved) {
            return false;
        }
        totals = totals.spend(charged).lease(charged - reserved);
        leases.put(
                id.node(),
                new LeaseRecord(
                        leaseRecord.amount() - reserved + charged,
                        leaseRecord.used() + charged,
                        leaseRecord.renewedAt(),
                        leaseRecord.state()));
        return true;
    }

    /**
     * The sums of a ledger row, in millionths.
     *
     * @param allowance allowance of the period, as last reported
     * @param granted allowance and top-ups; more only if more was spent before the allowance shrank
     * @param leased to nodes, and not reported as spent
     */
    public record Totals(long allowance, long toppedUp, long granted, long spent, long leased, long writtenOff) {

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
