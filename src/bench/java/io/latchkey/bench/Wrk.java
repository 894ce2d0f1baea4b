package io.latchkey.bench;

import io.latchkey.server.ServerFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the load generator <a href="https://github.com/wg/wrk">wrk</a>, one thread, so that most of the machine is the server's. */
final class Wrk {

    private static final Duration LONGEST_PASS = Duration.ofMinutes(2);

    private final String base;
    private final Path folder;

    Wrk(String base, Path folder) {
        this.base = base;
        this.folder = folder;
    }

    /** Its version; fails with advice where it is not installed. */
    static String version() {
        try {
            Process process =
                    new ProcessBuilder("wrk", "-v").redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said.lines().findFirst().orElse("wrk").replaceAll(" Copyright.*", "");
        } catch (IOException e) {
            throw new ServerFailure("The load generator wrk is missing: apt-get install wrk, or brew install wrk", e);
        }
    }

    /** The same call again and again. */
    Sample measure(HttpCall call, int connections, Duration time) {
        // wrk itself only tells success from failure, so it cannot say whether a failure is the expected one.
        boolean checked = call.status() >= 400;
        return run(new WrkScript(call, lines(call), false, checked), connections, time);
    }

    /** As {@link #measure}, and every answer is looked at; fails at the first wrong one. */
    void warm(HttpCall call, int connections, Duration time) {
        Sample sample = run(new WrkScript(call, lines(call), false, true), connections, time);
        if (sample.failures(call) > 0) {
            throw new ServerFailure("%d of %d answers of %s were wrong; one of them: %s"
                    .formatted(sample.failures(call), sample.requests(), call.path(), call.fault(base)));
        }
    }

    /** The call for line after line of a file, for that time. */
    Sample list(HttpCall call, Path lines, int connections, Duration time) {
        return run(new WrkScript(call, Optional.of(lines), false, true), connections, time);
    }

    /** The call once for every line of a file. */
    Sample pass(HttpCall call, Path lines, int connections) {
        return run(new WrkScript(call, Optional.of(lines), true, true), connections, LONGEST_PASS);
    }

    private static Optional<Path> lines(HttpCall call) {
        return call.keys().map(DrawnKeys::file);
    }

    private Sample run(WrkScript script, int connections, Duration time) {
        Path lua = folder.resolve("call.lua");
        try {
            Files.writeString(lua, script.text());
        } catch (IOException e) {
            throw new ServerFailure("Could not write " + lua, e);
        }
        String output = new Command(
                        List.of(
                                "wrk",
                                "-t1",
                                "-c" + connections,
                                "-d" + time.toSeconds() + "s",
                                "--timeout=10s",
                                "--latency",
                                "-s",
                                lua.toString(),
                                base + script.call().path()),
                        Map.of())
                .run();
        output.lines().filter(line -> line.startsWith("First wrong")).forEach(System.err::println);
        return output.lines()
                .filter(line -> line.startsWith(WrkScript.MARK))
                .map(Sample::parse)
                .findFirst()
                .orElseThrow(() -> new ServerFailure("wrk did not report:\n" + output));
    }
}
