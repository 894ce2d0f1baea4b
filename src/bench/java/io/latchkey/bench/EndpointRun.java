package io.latchkey.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Measures endpoints and baselines in turn, round after round, so that other load on the machine affects all of them alike. */
final class EndpointRun {

    private static final Duration COUNTING = Duration.ofSeconds(2);

    /** Makes the server sign a token for every request. */
    static final String FRESH_TOKENS = "--spi-latchkey--default--token-cache=false";

    private final BenchSettings settings;
    private final BenchDatabase database;
    private final Results results = new Results();

    EndpointRun(BenchSettings settings, BenchDatabase database) {
        this.settings = settings;
        this.database = database;
    }

    Results run() {
        BenchServer.build(settings, database);
        BenchRealm realm;
        EndpointScenarios endpointScenarios;
        try (BenchServer server = BenchServer.start(settings, database)) {
            realm = BenchRealm.create(server, "bench");
            endpointScenarios = new EndpointScenarios(realm, realm.key("bench"));
            List<Scenario> scenarios = new ArrayList<>(Baselines.of(realm));
            scenarios.addAll(endpointScenarios.all());
            scenarios.addAll(endpointScenarios.of(DrawnKeys.create(realm, settings.file("drawn-keys.txt"))));
            rounds(server, scenarios);
            count(server, scenarios);
        }
        try (BenchServer server = BenchServer.start(settings, database, FRESH_TOKENS)) {
            Scenario baseline = Baselines.clientCredentials(
                    realm,
                    Baselines.CLIENT_CREDENTIALS_AGAIN,
                    "`client_credentials` again, on the server without the token cache");
            rounds(server, List.of(baseline, endpointScenarios.freshToken()));
        }
        return results;
    }

    /** Measures endpoints that limit and charge, and the same endpoints in a realm that does neither. */
    Results limits() {
        BenchServer.build(settings, database);
        try (BenchServer server = BenchServer.start(settings, database)) {
            BenchRealm free = BenchRealm.create(server, "free");
            BenchRealm metered = BenchRealm.metered(server, "metered");
            // Neighbours in pairs, so that other load on the machine affects both.
            List<String> order = List.of(
                    Baselines.REALM,
                    EndpointScenarios.VERIFY,
                    LimitedEndpointScenarios.VERIFY,
                    EndpointScenarios.VERIFY_UNCACHED,
                    LimitedEndpointScenarios.VERIFY_UNCACHED,
                    EndpointScenarios.FORWARD_AUTH_AUDIENCE,
                    LimitedEndpointScenarios.FORWARD_AUTH);
            List<Scenario> scenarios = Stream.of(
                            Baselines.of(free),
                            new LimitedEndpointScenarios(free, free.key("free")).free(),
                            new LimitedEndpointScenarios(metered, metered.key("metered")).all())
                    .flatMap(List::stream)
                    .filter(scenario -> order.contains(scenario.id()))
                    .sorted(Comparator.comparingInt(scenario -> order.indexOf(scenario.id())))
                    .toList();
            rounds(server, scenarios);
            count(server, scenarios);
        }
        return results;
    }

    private void rounds(BenchServer server, List<Scenario> scenarios) {
        Wrk wrk = new Wrk(server.base(), settings.directory());
        for (Scenario scenario : scenarios) {
            System.out.println("Warming up: " + scenario.id());
            wrk.warm(scenario.call().get(), scenario.connectionsOr(settings.connections()), settings.warmup());
        }
        List<Scenario> order = new ArrayList<>(scenarios);
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Scenario scenario : order) {
                measure(server, wrk, scenario, round);
            }
            // No scenario always follows the same one.
            Collections.reverse(order);
        }
    }

    private void measure(BenchServer server, Wrk wrk, Scenario scenario, int round) {
        HttpCall call = scenario.call().get();
        Duration before = server.processorTime();
        Sample sample = wrk.measure(call, scenario.connectionsOr(settings.connections()), settings.sample())
                .costing(server.processorTime().minus(before));
        results.add(scenario, sample);
        System.out.printf(
                "Round %d: %-24s %8.0f/s %8.1f us%n", round, scenario.id(), sample.perSecond(), sample.perRequest());
        String fault = call.fault(server.base());
        if (sample.failures(call) > 0 || !fault.isEmpty()) {
            results.fail("%s, round %d: %d of %d answers wrong, %d connections or answers lost. Repeated once: %s"
                    .formatted(
                            scenario.id(),
                            round,
                            sample.failures(call),
                            sample.requests(),
                            sample.broken(),
                            fault.isEmpty() ? "right" : fault));
        }
    }

    private void count(BenchServer server, List<Scenario> scenarios) {
        Wrk wrk = new Wrk(server.base(), settings.directory());
        for (Scenario scenario : scenarios) {
            HttpCall call = scenario.call().get();
            OptionalLong before = database.statements();
            if (before.isEmpty()) {
                return;
            }
            Sample sample = wrk.measure(call, scenario.connectionsOr(settings.connections()), COUNTING);
            long ran = database.statements().orElseThrow() - before.getAsLong();
            results.statements(scenario, (double) ran / sample.requests());
        }
    }
}
