package io.latchkey.bench;

import com.sun.management.OperatingSystemMXBean;
import io.latchkey.server.ServerFailure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;

/** Describes machine, database and settings of a run in one paragraph. */
final class Machine {

    private Machine() {}

    /** @param load runnable programs a second before the run; more than a few tenths spoil the figures */
    static String describe(BenchSettings settings, String database, double load) {
        return String.format(
                Locale.ROOT,
                "%s. %d cores%s, %d GB, %s %s, load %.1f before the run. Java %s, heap of the server %s. Keycloak %s, Latchkey %s%s, %s. %s,"
                        + " %d connections, %d rounds of %d s after %d s of warm-up each.%n%n",
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                processor(),
                memoryInGigabytes(),
                System.getProperty("os.name"),
                System.getProperty("os.version").replaceAll("-.*", ""),
                load,
                Runtime.version(),
                settings.heap(),
                settings.keycloak(),
                settings.latchkey(),
                commit(),
                database,
                Wrk.version(),
                settings.connections(),
                settings.rounds(),
                settings.sample().toSeconds(),
                settings.warmup().toSeconds());
    }

    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static long memoryInGigabytes() {
        return Math.round(
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize() / 1e9);
    }

    private static String processor() {
        Path facts = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(facts)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(facts)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> " (" + line.replaceFirst(".*: ", "") + ")")
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static String commit() {
        try {
            return " ("
                    + Command.of("git", "describe", "--always", "--dirty").run().strip() + ")";
        } catch (ServerFailure noRepository) {
            return "";
        }
    }
}
