package io.latchkey.keys;

import java.time.Duration;
import java.time.Instant;

/**
 * Decides whether periodic checks have succeeded for a whole period without a break. A missing heartbeat counts only if
 * this node could read the ledger during the whole interval.
 */
public final class UninterruptedPeriod {

    private final Duration time;
    private final Duration apart;
    private Instant since = Instant.EPOCH;
    private Instant last = Instant.EPOCH;

    /**
     * @param time length of the period
     * @param apart longest time between two checks that is no break
     */
    public UninterruptedPeriod(Duration time, Duration apart) {
        this.time = time;
        this.apart = apart;
    }

    /**
     * Checks once more.
     *
     * @param check throws if it fails
     * @return whether no check has failed or was missing for the whole period
     */
    public synchronized boolean lasts(Instant now, Runnable check) {
        Instant before = last;
        last = Instant.EPOCH;
        check.run();
        last = now;
        if (before.plus(apart).isBefore(now)) {
            since = now;
        }
        return !since.plus(time).isAfter(now);
    }
}
