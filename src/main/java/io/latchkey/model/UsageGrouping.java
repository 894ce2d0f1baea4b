package io.latchkey.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Lists the groupings of a usage report. */
public record UsageGrouping(Grain grain, Set<Dimension> by) {

    public boolean has(Dimension dimension) {
        return by.contains(dimension);
    }

    /** A stretch of time, beginning with a full one in UTC. */
    public enum Grain {
        HOUR(TimeUnit.HOURS.toMillis(1)),
        DAY(TimeUnit.DAYS.toMillis(1));

        private final long millis;

        Grain(long millis) {
            this.millis = millis;
        }

        public long millis() {
            return millis;
        }

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Grain> ofLabel(String label) {
            return Arrays.stream(values())
                    .filter(grain -> grain.label().equals(label))
                    .findFirst();
        }
    }

    /** What uses differ in. */
    public enum Dimension {
        KEY,
        /** That of the key. */
        OWNER,
        API;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Dimension> ofLabel(String label) {
            return Arrays.stream(values())
                    .filter(dimension -> dimension.label().equals(label))
                    .findFirst();
        }
    }
}
