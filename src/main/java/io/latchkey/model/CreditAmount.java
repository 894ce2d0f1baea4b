package io.latchkey.model;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An exact amount of credits.
 *
 * @param micros in millionths of a credit, never negative
 */
public record CreditAmount(long micros) implements Comparable<CreditAmount> {

    public static final CreditAmount ZERO = new CreditAmount(0);

    /** The largest allowance and top-up. Sums of several are still exact. */
    public static final CreditAmount MOST = new CreditAmount(1_000_000_000_000L * 1_000_000L);

    private static final BigDecimal LIMIT = new BigDecimal(1_000_000_000_000L);
    private static final int DECIMALS = 6;
    private static final long MICROS = 1_000_000;
    private static final int MOST_SCALE = 100;
    private static final Pattern PLAIN = Pattern.compile("[0-9]{1,13}(\\.[0-9]{1,6})?");

    public CreditAmount {
        if (micros < 0) {
            throw new IllegalArgumentException("Less than no credits: " + micros);
        }
    }

    public static CreditAmount of(long whole) {
        return new CreditAmount(Math.multiplyExact(whole, MICROS));
    }

    /** Empty if the amount is negative, exceeds {@link #MOST}, or has more than six decimals. */
    public static Optional<CreditAmount> of(BigDecimal amount) {
        if (amount.signum() == 0) {
            return Optional.of(ZERO);
        }
        // Checked first: the digits of 1e999999999 would fill the memory.
        boolean sized = amount.signum() > 0 && amount.compareTo(LIMIT) <= 0 && amount.scale() <= MOST_SCALE;
        return sized && amount.stripTrailingZeros().scale() <= DECIMALS
                ? Optional.of(new CreditAmount(amount.movePointRight(DECIMALS).longValueExact()))
                : Optional.empty();
    }

    /** Reads digits with at most six decimals after a point. */
    public static Optional<CreditAmount> parse(String text) {
        return PLAIN.matcher(text).matches() ? of(new BigDecimal(text)) : Optional.empty();
    }

    public CreditAmount plus(CreditAmount more) {
        return new CreditAmount(Math.addExact(micros, more.micros));
    }

    /** The difference, at least zero. */
    public CreditAmount minus(CreditAmount less) {
        return new CreditAmount(Math.max(0, micros - less.micros));
    }

    public boolean isZero() {
        return micros == 0;
    }

    public BigDecimal toDecimal() {
        BigDecimal exact = BigDecimal.valueOf(micros, DECIMALS).stripTrailingZeros();
        // Not 1E+4.
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    @Override
    public int compareTo(CreditAmount other) {
        return Long.compare(micros, other.micros);
    }

    @Override
    public String toString() {
        return toDecimal().toPlainString();
    }
}
