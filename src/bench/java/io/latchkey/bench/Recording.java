package io.latchkey.bench;

import io.latchkey.server.ServerFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Records the server with the flight recorder and lists the methods with the most samples. */
final class Recording {

    private static final int ROWS = 15;
    private static final String NAME = "bench";

    private final Map<String, Long> leaves = new HashMap<>();
    private final Map<String, Long> ours = new HashMap<>();
    private final Map<String, Long> allocated = new HashMap<>();
    private long samples;
    private long bytes;

    private Recording() {}

    static void start(BenchServer server) {
        server.jcmd("JFR.start", "name=" + NAME, "settings=profile");
    }

    /** Ends the recording and reads it. */
    static Recording stop(BenchServer server, Path file) {
        server.jcmd("JFR.stop", "name=" + NAME, "filename=" + file.toAbsolutePath());
        Recording recording = new Recording();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                recording.add(events.readEvent());
            }
        } catch (IOException e) {
            throw new ServerFailure("Could not read " + file + ": " + e.getMessage(), e);
        }
        return recording;
    }

    private void add(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample" -> addSample(event);
            case "jdk.ObjectAllocationSample" -> {
                bytes += event.getLong("weight");
                allocated.merge(event.getClass("objectClass").getName(), event.getLong("weight"), Long::sum);
            }
            default -> {
                // The recorder tells much more.
            }
        }
    }

    private void addSample(RecordedEvent event) {
        if (event.getStackTrace() == null) {
            return;
        }
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        samples++;
        leaves.merge(name(frames.get(0)), 1L, Long::sum);
        Set<String> seen = new HashSet<>();
        frames.stream()
                .map(Recording::name)
                .filter(isOurs())
                .filter(seen::add)
                .forEach(it -> ours.merge(it, 1L, Long::sum));
    }

    private static Predicate<String> isOurs() {
        return frame -> frame.startsWith("io.latchkey.")
                || frame.startsWith("org.keycloak.") && !frame.contains("$$") && !frame.contains("_Subclass");
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    String text() {
        return "Methods that ran:\n\n" + table(leaves, samples)
                + "\nLatchkey's and Keycloak's methods, with all they called:\n\n" + table(ours, samples)
                + "\nAllocated:\n\n" + table(allocated, bytes);
    }

    private static String table(Map<String, Long> counts, long all) {
        Markdown table = new Markdown("", "share");
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(ROWS)
                .forEach(entry ->
                        table.row("`" + entry.getKey() + "`", Markdown.number(100.0 * entry.getValue() / all) + " %"));
        return table.toString();
    }
}
