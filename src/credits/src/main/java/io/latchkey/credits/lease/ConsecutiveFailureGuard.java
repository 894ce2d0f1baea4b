package io.latchkey.credits.lease;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs independent tasks and stops after three consecutive failures, when the database is probably down.
 */
final class ConsecutiveFailureGuard {

    private static final int MAX_FAILURES = 3;

    private final List<RuntimeException> failures = new ArrayList<>();
    private int consecutive;

    void run(Runnable work) {
        if (!allowsMore()) {
            return;
        }
        try {
            work.run();
            consecutive = 0;
        } catch (RuntimeException failed) {
            failures.add(failed);
            consecutive++;
        }
    }

    boolean allowsMore() {
        return consecutive < MAX_FAILURES;
    }

    /** Throws the first failure, if there was one. */
    void throwFirst() {
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }
}
