package io.latchkey.model;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The arithmetic of one ledger row and what is lent of it, for whoever holds the row. Whatever happens, what is spent, lent and
 * written off is never more than what is granted.
 */
public final class LedgerEntry {

    /** A node that is not heard of for so long is taken for dead. */
    public static final Duration LOST_AFTER = Duration.ofMinutes(1);

    private final String creditId;
    private final Map<String, LeaseRecord> loans;
    private Totals totals;

    public LedgerEntry(String creditId, Totals totals, Map<String, LeaseRecord> loans) {
        this.creditId = creditId;
        this.totals = totals;
        this.loans = new HashMap<>(loans);
    }

    public Totals totals() {
        return totals;
    }

    /** By node. */
    public Map<String, LeaseRecord> loans() {
        return Map.copyOf(loans);
    }

    /** What an administrator or a plan gives now; never less than what is gone already. */
    public void grant(Allowance allowance) {
        totals = totals.granting(allowance);
    }

    /** @return false where that is more than can be counted exactly; then nothing is changed */
    public boolean topUp(Credits more) {
        // Both are bounded, so this is exact.
        long toppedUp = totals.toppedUp() + more.micros();
        boolean fits = toppedUp <= Credits.MOST.micros();
        if (fits) {
            totals = totals.grant(totals.allowance(), toppedUp);
        }
        return fits;
    }

    public LeaseReply report(String node, LeaseReport report, Instant now) {
        LeaseRecord known = found(loans.getOrDefault(node, LeaseRecord.NONE));
        if (known.state() == LeaseRecord.State.STOPPED && report.left().isEmpty()) {
            // What is still lent there is for reservations that others end: nothing of it for what arrives late.
            return lease(known.used(), known.used());
        }
        long said = report.used().orElse(known.used());
        LeaseRecord leaseRecord = stretched(known, said);
        long used = Math.max(leaseRecord.used(), Math.min(leaseRecord.amount(), said));
        totals = totals.spend(used - leaseRecord.used());
        long kept = Math.max(used, Math.min(leaseRecord.amount(), report.keep()));
        totals = totals.lend(kept - leaseRecord.amount());
        report.allowance().ifPresent(this::grant);
        loans.put(node, leaseRecord);
        boolean leaves = report.left().isPresent();
        long more = leaves ? 0 : report.wish().share(totals.left(), borrowers(node, now));
        totals = totals.lend(more);
        loans.put(
                node,
                new LeaseRecord(
                        kept + more,
                        used,
                        now.toEpochMilli(),
                        leaves ? LeaseRecord.State.STOPPED : LeaseRecord.State.OPEN));
        LeaseReply.Lease lease = lease(kept + more, used);
        // Others may have settled what it left, if it says so again.
        boolean enough = said >= known.used() || known.state() == LeaseRecord.State.STOPPED;
        boolean fits = enough && said <= known.amount();
        return fits ? lease : new LeaseReply.Contradicted(lease);
    }

    private LeaseReply.Lease lease(long amount, long used) {
        return new LeaseReply.Lease(creditId, amount, used, new Credits(totals.left()), new Credits(totals.granted()));
    }

    /** By what a node has spent and the ledger does not know any more, as far as there is enough left. */
    private LeaseRecord stretched(LeaseRecord leaseRecord, long used) {
        long more = Math.min(Math.max(0, used - leaseRecord.amount()), totals.left());
        totals = totals.lend(more);
        return new LeaseRecord(
                leaseRecord.amount() + more, leaseRecord.used(), leaseRecord.renewedAt(), leaseRecord.state());
    }

    /** A node that was taken for dead, and is not, goes on with what was kept for it. */
    private LeaseRecord found(LeaseRecord leaseRecord) {
        if (leaseRecord.state() == LeaseRecord.State.LOST) {
            totals = totals.writeOff(-leaseRecord.rest());
        }
        return leaseRecord;
    }

    private int borrowers(String node, Instant now) {
        long silent = now.minus(LOST_AFTER).toEpochMilli();
        return (int) loans.entrySet().stream()
                .filter(leaseRecord -> leaseRecord.getKey().equals(node)
                        || leaseRecord.getValue().state() == LeaseRecord.State.OPEN
                                && leaseRecord.getValue().renewedAt() >= silent)
                .count();
    }

    /** What nodes hold that are taken for dead. Nobody else could have had it meanwhile either. */
    public void writeOff(Instant now) {
        long silent = now.minus(LOST_AFTER).toEpochMilli();
        loans.replaceAll((node, leaseRecord) -> {
            boolean lost = leaseRecord.state() == LeaseRecord.State.OPEN && leaseRecord.renewedAt() < silent;
            if (!lost || leaseRecord.rest() == 0) {
                return leaseRecord;
            }
            totals = totals.writeOff(leaseRecord.rest());
            return new LeaseRecord(
                    leaseRecord.amount(), leaseRecord.used(), leaseRecord.renewedAt(), LeaseRecord.State.LOST);
        });
    }

    /** Gives back what nodes that stopped left for reservations that have ended by now. */
    public void reclaim(Instant before) {
        loans.replaceAll((node, leaseRecord) -> {
            if (leaseRecord.state() != LeaseRecord.State.STOPPED || leaseRecord.renewedAt() >= before.toEpochMilli()) {
                return leaseRecord;
            }
            totals = totals.lend(-leaseRecord.rest());
            return new LeaseRecord(
                    leaseRecord.used(), leaseRecord.used(), leaseRecord.renewedAt(), leaseRecord.state());
        });
    }

    /** @return whether it was settled here, since the node that reserved it has stopped */
    public boolean settle(Settlement settlement) {
        ReservationId id = settlement.id();
        LeaseRecord leaseRecord = loans.getOrDefault(id.node(), LeaseRecord.NONE);
        long reserved = id.amount().micros();
        long charged = settlement.charged().micros();
        if (leaseRecord.state() != LeaseRecord.State.STOPPED || leaseRecord.rest() < reserved || charged > reserved) {
            return false;
        }
        totals = totals.spend(charged).lend(charged - reserved);
        loans.put(
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
     * @param allowance what the period began with, as was last told
     * @param granted that and what was topped up; more only where more was gone before it shrank
     * @param leased to nodes, and not yet spent
     */
    public record Totals(long allowance, long toppedUp, long granted, long spent, long leased, long writtenOff) {

        public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0);

        public Totals {
            if (spent < 0 || leased < 0 || writtenOff < 0 || spent + leased + writtenOff > granted) {
                throw new IllegalStateException("More is gone than was granted: " + spent + " spent, " + leased
                        + " lent, " + writtenOff + " written off of " + granted);
            }
        }

        public long left() {
            return granted - spent - leased - writtenOff;
        }

        public Totals granting(Allowance now) {
            return grant(now.credits().micros(), toppedUp);
        }

        Totals grant(long nowAllowed, long nowToppedUp) {
            long wanted = Math.addExact(nowAllowed, nowToppedUp);
            return new Totals(
                    nowAllowed, nowToppedUp, Math.max(wanted, spent + leased + writtenOff), spent, leased, writtenOff);
        }

        Totals spend(long lent) {
            return new Totals(allowance, toppedUp, granted, spent + lent, leased - lent, writtenOff);
        }

        /** What comes back is not granted any more where the allowance has shrunk meanwhile. */
        Totals lend(long more) {
            return new Totals(allowance, toppedUp, granted, spent, leased + more, writtenOff)
                    .grant(allowance, toppedUp);
        }

        Totals writeOff(long lost) {
            return new Totals(allowance, toppedUp, granted, spent, leased - lost, writtenOff + lost);
        }
    }
}
