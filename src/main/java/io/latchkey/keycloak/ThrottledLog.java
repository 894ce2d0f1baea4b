package io.latchkey.keycloak;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Logs at most one line per interval about one kind of failure, and counts the others in the next line. Database failures
 * are logged without a stack trace; at debug level each failure is logged with it.
 */
public final class ThrottledLog {

    private final Logger log;
    private final long interval;
    private final LongSupplier nanos;
    private final AtomicLong next;
    private final AtomicLong suppressed = new AtomicLong();

    /** Logs at most one line per second. */
    public ThrottledLog(Logger log) {
        this(log, Duration.ofSeconds(1));
    }

    public ThrottledLog(Logger log, Duration interval) {
        this(log, interval, System::nanoTime);
    }

    /** @param nanos a clock that is never set back */
    ThrottledLog(Logger log, Duration interval, LongSupplier nanos) {
        this.log = log;
        this.interval = interval.toNanos();
        this.nanos = nanos;
        this.next = new AtomicLong(nanos.getAsLong());
    }

    /** @param consequence what does not work, as the beginning of a sentence */
    public void warn(String consequence, Throwable cause) {
        log.debug(consequence, cause);
        boolean known = DatabaseFailure.of(cause).isPresent();
        write(consequence + ": " + root(cause), known ? null : cause);
    }

    /** @param sentence without its full stop */
    public void warn(String sentence) {
        write(sentence, null);
    }

    private void write(String sentence, Throwable cause) {
        long now = nanos.getAsLong();
        long due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + interval)) {
            suppressed.incrementAndGet();
            return;
        }
        long more = suppressed.getAndSet(0);
        log.warn(more == 0 ? sentence : sentence + " (and " + more + " more since the last line)", cause);
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        // More causes than this are a circle.
        for (int depth = 0; root.getCause() != null && depth < 100; depth++) {
            root = root.getCause();
        }
        return root;
    }
}
