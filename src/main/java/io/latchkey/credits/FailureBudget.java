package io.latchkey.credits;

import java.util.ArrayList;
import java.util.List;

/**
 * Things that are done in spite of each other's failures. Where several in a row fail, the database is likely to be out of reach,
 * and the rest waits for the next time.
 */
final class FailureBudget {

    private static final int GIVE_UP = 3;

    private final List<RuntimeException> failures = new ArrayList<>();
    private int inARow;

    void make(Runnable work) {
        if (!areWorthwhile()) {
            return;
        }
        try {
            work.run();
            inARow = 0;
        } catch (RuntimeException failed) {
            failures.add(failed);
            inARow++;
        }
    }

    boolean areWorthwhile() {
        return inARow < GIVE_UP;
    }

    /** Throws the first failure, if there was one. */
    void complain() {
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }
}
