package io.latchkey.bench;

import io.latchkey.server.ServerFailure;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs {@link KeyBenchmarks} with JMH in a process of its own. */
final class MicroRun {

    private static final int FORKS = 2;
    private static final int ITERATIONS = 5;

    private MicroRun() {}

    static String run(BenchSettings settings, double load) {
        OptionsBuilder options = new OptionsBuilder();
        options.include(KeyBenchmarks.class.getName())
                .forks(FORKS)
                .warmupIterations(ITERATIONS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class);
        try {
            return Machine.describe(settings, "no database", load) + table(new Runner(options.build()).run());
        } catch (RunnerException e) {
            throw new ServerFailure("JMH failed: " + e.getMessage(), e);
        }
    }

    private static String table(Collection<RunResult> results) {
        Markdown table = new Markdown("", "ns", "±", "bytes allocated");
        for (RunResult result : results) {
            Result<?> time = result.getPrimaryResult();
            double allocated = result.getSecondaryResults().entrySet().stream()
                    .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
                    .mapToDouble(entry -> entry.getValue().getScore())
                    .findFirst()
                    .orElse(Double.NaN);
            table.row(
                    result.getParams().getBenchmark().replaceAll(".*\\.", ""),
                    Markdown.number(time.getScore()),
                    Markdown.number(time.getScoreError()),
                    Markdown.number(allocated));
        }
        return table.toString();
    }
}
