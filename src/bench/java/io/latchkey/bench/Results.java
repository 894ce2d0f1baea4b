package io.latchkey.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Collects the samples of all rounds by scenario; ratios compare samples of one round. */
final class Results {

    private final Map<Scenario, List<Sample>> samples = new LinkedHashMap<>();
    private final Map<String, Double> statements = new HashMap<>();
    private final List<String> failures = new ArrayList<>();

    void add(Scenario scenario, Sample sample) {
        samples.computeIfAbsent(scenario, it -> new ArrayList<>()).add(sample);
    }

    void statements(Scenario scenario, double perRequest) {
        statements.put(scenario.id(), perRequest);
    }

    void fail(String what) {
        failures.add(what);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    List<Scenario> scenarios() {
        return List.copyOf(samples.keySet());
    }

    OptionalDouble statements(String id) {
        Double found = statements.get(id);
        return found == null ? OptionalDouble.empty() : OptionalDouble.of(found);
    }

    double median(Scenario scenario, ToDoubleFunction<Sample> figure) {
        return median(samples.get(scenario).stream().mapToDouble(figure));
    }

    /** Requests of one scenario for one of the other, by round; empty if either did not run. */
    double[] ratios(String id, String baseline) {
        List<Sample> own = of(id);
        List<Sample> others = of(baseline);
        return IntStream.range(0, Math.min(own.size(), others.size()))
                .mapToDouble(
                        round -> own.get(round).perSecond() / others.get(round).perSecond())
                .toArray();
    }

    private List<Sample> of(String id) {
        return samples.keySet().stream()
                .filter(scenario -> scenario.id().equals(id))
                .findFirst()
                .map(samples::get)
                .orElse(List.of());
    }

    static double median(DoubleStream figures) {
        List<Double> sorted = figures.boxed().sorted(Comparator.naturalOrder()).toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
