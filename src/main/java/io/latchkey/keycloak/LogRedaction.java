package io.latchkey.keycloak;

import io.latchkey.key.KeyRedaction;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;

/**
 * Removes keys from log records before a handler writes them. Keycloak logs parameters and headers that it cannot read, in
 * messages and in exceptions (26.7: {@code max_age}, {@code acr_values}, {@code kc_idp_hint}, {@code Content-Type}).
 */
public final class LogRedaction implements Filter {

    private final Filter configured;

    /** @param configured filter of the handler so far; may be null */
    LogRedaction(Filter configured) {
        this.configured = configured;
    }

    /** Covers every handler that the server has now. */
    public static void install() {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            if (!(handler.getFilter() instanceof LogRedaction)) {
                handler.setFilter(new LogRedaction(handler.getFilter()));
            }
        }
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        if (configured != null && !configured.isLoggable(line)) {
            return false;
        }
        redact(line);
        return true;
    }

    private static void redact(LogRecord line) {
        if (line instanceof ExtLogRecord record && KeyRedaction.isIn(record.getFormattedMessage())) {
            record.setMessage(KeyRedaction.redact(record.getFormattedMessage()), FormatStyle.NO_FORMAT);
            record.setParameters(null);
        }
        if (RedactedThrowable.isNeeded(line.getThrown(), RedactedThrowable.DEPTH)) {
            line.setThrown(new RedactedThrowable(line.getThrown(), RedactedThrowable.DEPTH));
        }
    }

    /** Copies a throwable without the keys in its text. */
    private static final class RedactedThrowable extends Throwable {

        /** Causes may form a circle. */
        static final int DEPTH = 20;

        private static final long serialVersionUID = 1L;

        private final String text;

        RedactedThrowable(Throwable original, int depth) {
            super(KeyRedaction.redact(original.getMessage()), cause(original, depth), true, true);
            text = KeyRedaction.redact(original.toString());
            setStackTrace(original.getStackTrace());
            if (depth > 0) {
                for (Throwable suppressed : original.getSuppressed()) {
                    addSuppressed(new RedactedThrowable(suppressed, depth - 1));
                }
            }
        }

        static boolean isNeeded(Throwable thrown, int depth) {
            if (thrown == null || depth < 0) {
                return false;
            }
            if (KeyRedaction.isIn(thrown.toString()) || isNeeded(thrown.getCause(), depth - 1)) {
                return true;
            }
            for (Throwable suppressed : thrown.getSuppressed()) {
                if (isNeeded(suppressed, depth - 1)) {
                    return true;
                }
            }
            return false;
        }

        private static Throwable cause(Throwable original, int depth) {
            Throwable cause = original.getCause();
            return cause == null || depth == 0 ? null : new RedactedThrowable(cause, depth - 1);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
