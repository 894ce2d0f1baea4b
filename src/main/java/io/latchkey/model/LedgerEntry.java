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
    private final Map<String, Loan> loans;
    private Totals totals;

    public LedgerEntry(String creditId, Totals totals, Map<String, Loan> loans) {
        this.creditId = creditId;
        this.totals = totals;
        this.loans = new HashMap<>(loans);
    }

    public Totals totals() {
        return totals;
    }

    /** By node. */
    public Map<String, Loan> loans() {
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

    public LeaseAnswer report(String node, LeaseReport report, Instant now) {
        Loan known = found(loans.getOrDefault(node, Loan.NONE));
        if (known.state() == Loan.State.STOPPED && report.left().isEmpty()) {
            // What is still lent there is for reservations that others end: nothing of it for what arrives late.
            return lease(known.used(), known.used());
        }
        long said = report.used().orElse(known.used());
        Loan loan = stretched(known, said);
        long used = Math.max(loan.used(), Math.min(loan.amount(), said));
        totals = totals.spend(used - loan.used());
        long kept = Math.max(used, Math.min(loan.amount(), report.keep()));
        totals = totals.lend(kept - loan.amount());
        report.allowance().ifPresent(this::grant);
        loans.put(node, loan);
        boolean leaves = report.left().isPresent();
        long more = leaves ? 0 : report.wish().share(totals.left(), borrowers(node, now));
        totals = totals.lend(more);
        loans.put(node, new Loan(kept + more, used, now.toEpochMilli(), leaves ? Loan.State.STOPPED : Loan.State.OPEN));
        LeaseAnswer.Lease lease = lease(kept + more, used);
        // Others may have settled what it left, if it says so again.
        boolean enough = said >= known.used() || known.state() == Loan.State.STOPPED;
        boolean fits = enough && said <= known.amount();
        return fits ? lease : new LeaseAnswer.Contradicted(lease);
    }

    private LeaseAnswer.Lease lease(long amount, long used) {
        return new LeaseAnswer.Lease(creditId, amount, used, new Credits(totals.left()), new Credits(totals.granted()));
    }

    /** By what a node has spent and the ledger does not know any more, as far as there is enough left. */
    private Loan stretched(Loan loan, long used) {
        long more = Math.min(Math.max(0, used - loan.amount()), totals.left());
        totals = totals.lend(more);
        return new Loan(loan.amount() + more, loan.used(), loan.renewedAt(), loan.state());
    }

    /** A node that was taken for dead, and is not, goes on with what was kept for it. */
    private Loan found(Loan loan) {
        if (loan.state() == Loan.State.LOST) {
            totals = totals.writeOff(-loan.rest());
        }
        return loan;
    }

    private int borrowers(String node, Instant now) {
        long silent = now.minus(LOST_AFTER).toEpochMilli();
        return (int) loans.entrySet().stream()
                .filter(loan -> loan.getKey().equals(node)
                        || loan.getValue().state() == Loan.State.OPEN
                                && loan.getValue().renewedAt() >= silent)
                .count();
    }

    /** What nodes hold that are taken for dead. Nobody else could have had it meanwhile either. */
    public void writeOff(Instant now) {
        long silent = now.minus(LOST_AFTER).toEpochMilli();
        loans.replaceAll((node, loan) -> {
            boolean lost = loan.state() == Loan.State.OPEN && loan.renewedAt() < silent;
            if (!lost || loan.rest() == 0) {
                return loan;
            }
            totals = totals.writeOff(loan.rest());
            return new Loan(loan.amount(), loan.used(), loan.renewedAt(), Loan.State.LOST);
        });
    }

    /** Gives back what nodes that stopped left for reservations that have ended by now. */
    public void reclaim(Instant before) {
        loans.replaceAll((node, loan) -> {
            if (loan.state() != Loan.State.STOPPED || loan.renewedAt() >= before.toEpochMilli()) {
                return loan;
            }
            totals = totals.lend(-loan.rest());
            return new Loan(loan.used(), loan.used(), loan.renewedAt(), loan.state());
        });
    }

    /** @return whether it was settled here, since the node that reserved it has stopped */
    public boolean settle(Settlement settlement) {
        ReservationId id = settlement.id();
        Loan loan = loans.getOrDefault(id.node(), Loan.NONE);
        long reserved = id.amount().micros();
        long charged = settlement.charged().micros();
        if (loan.state() != Loan.State.STOPPED || loan.rest() < reserved || charged > reserved) {
            return false;
        }
        totals = totals.spend(charged).lend(charged - reserved);
        loans.put(
                id.node(),
                new Loan(loan.amount() - reserved + charged, loan.used() + charged, loan.renewedAt(), loan.state()));
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
