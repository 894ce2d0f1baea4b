package io.latchkey;

import io.latchkey.keycloak.DatabaseFailure;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Repeats a transaction that the database ended because of a conflict with another one. Keycloak's consoles lock
 * credentials before keys and Latchkey locks keys before credentials, so the database may end a change of keys.
 */
final class ConflictRetry {

    private static final Logger LOG = Logger.getLogger(ConflictRetry.class);
    private static final int ATTEMPTS = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

    /** Lets time pass between two attempts. */
    interface Pause {
        void of(Duration length) throws InterruptedException;
    }

    private final Pause pause;
    private final DoubleSupplier random;

    ConflictRetry() {
        this(
                length -> Thread.sleep(length.toMillis()),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param random from 0 to 1, so that two transactions do not conflict again */
    ConflictRetry(Pause pause, DoubleSupplier random) {
        this.pause = pause;
        this.random = random;
    }

    /**
     * Returns what the first attempt without a conflict returns.
     *
     * @param attempt starts again each time, in a new transaction
     * @throws RuntimeException any other failure at once, or the conflict of the last attempt
     */
    <T> T run(Supplier<T> attempt) {
        for (int made = 1; ; made++) {
            try {
                return attempt.get();
            } catch (RuntimeException failed) {
                if (made == ATTEMPTS || !isConflict(failed) || !paused(made)) {
                    throw failed;
                }
                LOG.debugf(failed, "A change gave way to another transaction and is made again");
            }
        }
    }

    private static boolean isConflict(RuntimeException failed) {
        return DatabaseFailure.of(failed)
                .filter(DatabaseFailure.CONFLICT::equals)
                .isPresent();
    }

    /** Waits half to all of a time that doubles with each attempt. */
    private boolean paused(int made) {
        long most = FIRST_PAUSE.multipliedBy(1L << (made - 1)).toNanos();
        try {
            pause.of(Duration.ofNanos(Math.round(most * (1 + random.getAsDouble()) / 2)));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
