package io.latchkey.model;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Optional;

/** Holds how many credits an owner may spend in a period, and the length of the period. */
public record Allowance(CreditAmount credits, RefillInterval refillInterval) {

    public static final Allowance NOTHING = new Allowance(CreditAmount.ZERO, RefillInterval.NONE);

    /** Orders by credits in a month; of equal ones, those that refill come last. */
    public static final Comparator<Allowance> BY_GENEROSITY = Comparator.comparing(Allowance::inAMonth)
            .thenComparing(allowance -> allowance.refillInterval() != RefillInterval.NONE)
            .thenComparing(Allowance::refillInterval, Comparator.reverseOrder());

    /** Reads {@code 10000/month}, {@code 0.5/day} or {@code 10000/none}. */
    public static Optional<Allowance> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        Optional<CreditAmount> credits =
                CreditAmount.parse(text.substring(0, slash).strip());
        Optional<RefillInterval> refillInterval =
                RefillInterval.ofLabel(text.substring(slash + 1).strip());
        return credits.flatMap(amount -> refillInterval.map(often -> new Allowance(amount, often)));
    }

    private BigInteger inAMonth() {
        return BigInteger.valueOf(credits.micros()).multiply(BigInteger.valueOf(refillInterval.aMonth()));
    }

    @Override
    public String toString() {
        return credits + "/" + refillInterval.label();
    }
}
