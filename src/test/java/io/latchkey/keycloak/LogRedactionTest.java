package io.latchkey.keycloak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.key.KeyGenerator;
import io.latchkey.key.KeyKind;
import io.latchkey.key.KeyPrefix;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.junit.jupiter.api.Test;

class LogRedactionTest {

    private static final String KEY = new KeyGenerator(new SecureRandom())
            .generate(new KeyPrefix("kc", KeyKind.SECRET, Optional.empty()))
            .secret()
            .reveal();
    private static final String PREVIEW = KEY.substring(0, "kc_sk_".length() + 5) + "...";

    private final LogRedaction filter = new LogRedaction(null);

    @Test
    void keyInAMessageOrAParameterIsCut() {
        ExtLogRecord printf = line("%d clients, none is '%s'", FormatStyle.PRINTF);
        printf.setParameters(new Object[] {3, KEY});
        ExtLogRecord text = line("acr {0} " + KEY, FormatStyle.NO_FORMAT);

        assertTrue(filter.isLoggable(printf));
        assertTrue(filter.isLoggable(text));

        assertEquals("3 clients, none is '" + PREVIEW + "'", printf.getFormattedMessage());
        assertEquals("acr {0} " + PREVIEW, text.getFormattedMessage());
    }

    @Test
    void keyInAnExceptionItsCauseOrASuppressedOneIsCut() {
        IllegalStateException thrown = new IllegalStateException("outer", new NumberFormatException(KEY));
        thrown.addSuppressed(new IllegalArgumentException("also " + KEY));
        ExtLogRecord line = line("failed", FormatStyle.NO_FORMAT);
        line.setThrown(thrown);

        filter.isLoggable(line);

        StringWriter trace = new StringWriter();
        line.getThrown().printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains(KEY), trace::toString);
        assertTrue(trace.toString().startsWith("java.lang.IllegalStateException: outer"), trace::toString);
        assertTrue(trace.toString().contains("NumberFormatException: " + PREVIEW), trace::toString);
        assertTrue(trace.toString().contains("also " + PREVIEW), trace::toString);
        assertTrue(trace.toString().contains("LogRedactionTest.java:"), trace::toString);
    }

    @Test
    void otherLinesStayAsTheyAre() {
        IllegalStateException circle = new IllegalStateException("a");
        circle.initCause(new IllegalStateException("b", circle));
        ExtLogRecord line = line("%s", FormatStyle.PRINTF);
        Object[] parameters = {"x"};
        line.setParameters(parameters);
        line.setThrown(circle);

        assertTrue(filter.isLoggable(line));

        assertSame(parameters, line.getParameters());
        assertSame(circle, line.getThrown());
    }

    @Test
    void configuredFilterDecides() {
        assertFalse(new LogRedaction(line -> false).isLoggable(line("x", FormatStyle.NO_FORMAT)));
    }

    private static ExtLogRecord line(String message, FormatStyle style) {
        return new ExtLogRecord(Level.WARNING, message, style, LogRedactionTest.class.getName());
    }
}
