package io.latchkey.keys;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Limits the concurrent changes of keys on a node and serves waiting requests in order. A change needs more than one
 * database connection; if every request thread made one, all would wait for connections that the others hold. Whoever has
 * proved nothing yet takes no turn: strangers could keep all of them while another node hangs.
 */
public final class Bulkhead {

    private static final int AT_ONCE = 4;
    private static final long PATIENCE_SECONDS = 15;

    private final Semaphore free = new Semaphore(AT_ONCE, true);

    /** The work's result, or nothing when its turn did not come in time. */
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
            return free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
