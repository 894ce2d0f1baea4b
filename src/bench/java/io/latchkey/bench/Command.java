package io.latchkey.bench;

import io.latchkey.server.ServerFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs a program to its end. */
record Command(List<String> line, Map<String, String> environment) {

    static Command of(String... line) {
        return new Command(List.of(line), Map.of());
    }

    /** Everything it wrote; fails when it ends with anything but success. */
    String run() {
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new ServerFailure(
                        String.join(" ", line) + " ended with exit code " + process.exitValue() + ":\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new ServerFailure("Could not run " + line.get(0) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailure("Interrupted while " + line.get(0) + " ran", e);
        }
    }
}
