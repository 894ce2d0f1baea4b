package io.latchkey.keys;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Limits the concurrent changes of keys on a node and serves waiting requests in order. A change needs more than one
 * database connection; if every request thread made one, all would wait for connections that the others hold. A
 * request needs a permit only after authentication: strangers could hold all of them while another node hangs.
 */
public final class Bulkhead {

    private static final int PERMITS = 4;
    private static final long TIMEOUT_SECONDS = 15;

    private final Semaphore free = new Semaphore(PERMITS, true);

    /** The result of the work; empty if no permit was free in time. */
    public <T> Optional<T> take(Supplier<T> work) {
        if (!acquired()) {
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } finally {
            free.release();
        }
    }

    private boolean acquired() {
        try {
            return free.tryAcquire(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
