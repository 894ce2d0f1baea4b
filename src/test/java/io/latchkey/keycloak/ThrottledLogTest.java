package io.latchkey.keycloak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThrottledLogTest {

    private static final String NAME = ThrottledLogTest.class.getName();

    private final Logger written = Logger.getLogger(NAME);
    private final List<LogRecord> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                lines.add(line);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private long nanos;
    private final ThrottledLog log =
            new ThrottledLog(org.jboss.logging.Logger.getLogger(NAME), Duration.ofSeconds(1), () -> nanos);

    @BeforeEach
    void listen() {
        written.setUseParentHandlers(false);
        written.addHandler(handler);
    }

    @AfterEach
    void stop() {
        written.removeHandler(handler);
        written.setUseParentHandlers(true);
    }

    @Test
    void failuresOfOneSecondAreOneLine() {
        for (int i = 0; i < 1000; i++) {
            log.warn("Nothing works");
        }

        assertEquals(List.of("Nothing works"), texts());
    }

    @Test
    void nextLineCountsTheFailuresInBetween() {
        for (int i = 0; i < 1000; i++) {
            log.warn("Nothing works");
        }
        nanos += Duration.ofSeconds(1).toNanos();
        log.warn("Nothing works");

        assertEquals(List.of("Nothing works", "Nothing works (and 999 more since the last line)"), texts());
    }

    @Test
    void failureOfTheDatabaseHasNoStackTrace() {
        log.warn("Nothing works", new IllegalStateException("outer", new SQLException("refused", "08001")));

        assertEquals(List.of("Nothing works: java.sql.SQLException: refused"), texts());
        assertNull(lines.get(0).getThrown());
    }

    @Test
    void faultOfTheProgramHasItsStackTrace() {
        NullPointerException fault = new NullPointerException("oh");

        log.warn("Nothing works", fault);

        assertSame(fault, lines.get(0).getThrown());
    }

    private List<String> texts() {
        return lines.stream().map(LogRecord::getMessage).toList();
    }
}
