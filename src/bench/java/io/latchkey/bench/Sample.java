package io.latchkey.bench;

import java.time.Duration;
import java.util.Arrays;

/**
 * Result of one run of the load generator.
 *
 * @param micros how long it took
 * @param median and {@code slowest} percent: times of answers in microseconds
 * @param broken connections that failed, and answers that did not come
 * @param refused answers of status 400 and more
 * @param wrong answers that were looked at and not as expected
 * @param processor time of all processors that the server took, in microseconds
 */
record Sample(
        long requests, long micros, long median, long slowest, long broken, long refused, long wrong, long processor) {

    /** Reads the line of {@link WrkScript#MARK}. */
    static Sample parse(String line) {
        long[] values = Arrays.stream(
                        line.substring(WrkScript.MARK.length()).trim().split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
        return new Sample(values[0], values[1], values[2], values[3], values[4], values[5], values[6], 0);
    }

    Sample costing(Duration processorTime) {
        return new Sample(requests, micros, median, slowest, broken, refused, wrong, processorTime.toNanos() / 1000);
    }

    /** Processor time of the server, in microseconds. */
    double perRequest() {
        return (double) processor / requests;
    }

    double perSecond() {
        return requests * 1e6 / micros;
    }

    /** Answers that were not what the call expects. */
    long failures(HttpCall call) {
        long statuses = call.status() >= 400 ? requests - refused : refused;
        return broken + Math.max(statuses, wrong);
    }
}
