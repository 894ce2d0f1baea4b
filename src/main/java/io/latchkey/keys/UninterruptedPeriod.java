package io.latchkey.keys;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether something could be asked all the time lately, as far as questions now and then can tell. Whoever was not heard of
 * meanwhile has not tried; but where nobody could be heard, silence says nothing.
 */
public final class UninterruptedPeriod {

    private final Duration time;
    private final Duration apart;
    private Instant since = Instant.EPOCH;
    private Instant last = Instant.EPOCH;

    /**
     * @param time that it has to be without a break
     * @param apart how long two questions may be apart without being one
     */
    public UninterruptedPeriod(Duration time, Duration apart) {
        this.time = time;
        this.apart = apart;
    }

    /**
     * Asks again.
     *
     * @param question throws where there is no answer
     * @return whether it could be asked for all that time
     */
    public synchronized boolean lasts(Instant now, Runnable question) {
        Instant before = last;
        last = Instant.EPOCH;
        question.run();
        last = now;
        if (before.plus(apart).isBefore(now)) {
            since = now;
        }
        return !since.plus(time).isAfter(now);
    }
}
