package io.latchkey.bench;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Prints the figures of a run and the targets that they meet. */
record EndpointReport(Results results) {

    String text() {
        return figures() + "\n" + promises();
    }

    private String figures() {
        Markdown table = new Markdown(
                "",
                "requests/s",
                "p50 ms",
                "p99 ms",
                "server µs",
                "× realm",
                "× client_credentials",
                "× JWT introspection",
                "SQL");
        for (Scenario scenario : results.scenarios()) {
            Stream<String> ratios = Baselines.ALL.stream().map(baseline -> ratio(scenario.id(), baseline));
            table.row(Stream.of(
                            Stream.of(
                                    scenario.title(),
                                    Markdown.number(results.median(scenario, Sample::perSecond)),
                                    Markdown.millis(results.median(scenario, Sample::median)),
                                    Markdown.millis(results.median(scenario, Sample::slowest)),
                                    Markdown.number(results.median(scenario, Sample::perRequest))),
                            ratios,
                            Stream.of(statements(scenario.id())))
                    .flatMap(cells -> cells)
                    .toArray(String[]::new));
        }
        return table.toString();
    }

    private String ratio(String id, String baseline) {
        String other = Baselines.sameServer(id, baseline);
        double[] ratios = results.ratios(id, other);
        return ratios.length == 0 || id.equals(other) ? "" : Markdown.number(Results.median(DoubleStream.of(ratios)));
    }

    private String statements(String id) {
        OptionalDouble found = results.statements(id);
        return found.isEmpty() ? "" : Markdown.number(found.getAsDouble());
    }

    private String promises() {
        Markdown table = new Markdown("promise", "target", "measured", "");
        for (Promise promise : Promise.ALL) {
            double[] ratios = results.ratios(promise.endpoint(), promise.baseline());
            if (ratios.length > 0) {
                double measured = Results.median(DoubleStream.of(ratios));
                table.row(
                        promise.endpoint() + ", compared to " + promise.baseline(),
                        "at least " + promise.factor() + " ×",
                        Markdown.number(measured) + " × (" + span(ratios) + ")",
                        met(measured >= promise.factor()));
            }
        }
        Promise.WITHOUT_SQL.forEach(endpoint -> putStatements(table, endpoint));
        List<String> failures = results.failures();
        return table.row(
                        "every response is right",
                        "0 failures",
                        failures.size() + " runs with failures",
                        met(failures.isEmpty()))
                .toString();
    }

    private void putStatements(Markdown table, String endpoint) {
        results.statements(endpoint)
                .ifPresent(found -> table.row(
                        endpoint + " runs no SQL",
                        "less than " + Promise.NO_SQL + " statements per request",
                        Markdown.number(found),
                        met(found < Promise.NO_SQL)));
    }

    private static String span(double[] ratios) {
        return Markdown.number(Arrays.stream(ratios).min().orElseThrow()) + " to "
                + Markdown.number(Arrays.stream(ratios).max().orElseThrow());
    }

    static String met(boolean met) {
        return met ? "met" : "missed";
    }
}
