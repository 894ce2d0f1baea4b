package io.latchkey.bench;

import io.latchkey.server.ServerFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Loads one endpoint while the flight recorder runs. */
record ProfileRun(BenchSettings settings, BenchDatabase database) {

    String run(String id) {
        BenchServer.build(settings, database);
        String[] options =
                id.equals(EndpointScenarios.FRESH_TOKEN) ? new String[] {EndpointRun.FRESH_TOKENS} : new String[0];
        try (BenchServer server = BenchServer.start(settings, database, options)) {
            Scenario scenario = find(server, id);
            Wrk wrk = new Wrk(server.base(), settings.directory());
            int connections = scenario.connectionsOr(settings.connections());
            wrk.warm(scenario.call().get(), connections, settings.warmup());
            Recording.start(server);
            Sample sample = wrk.measure(
                    scenario.call().get(), connections, settings.sample().multipliedBy(settings.rounds()));
            Recording recording = Recording.stop(server, settings.file(id + ".jfr"));
            return "`%s`, %s requests/s while recorded.%n%n%s"
                    .formatted(id, Markdown.number(sample.perSecond()), recording.text());
        }
    }

    private Scenario find(BenchServer server, String id) {
        BenchRealm realm = BenchRealm.create(server, "bench");
        EndpointScenarios endpointScenarios = new EndpointScenarios(realm, realm.key("bench"));
        List<Scenario> all = new ArrayList<>(Baselines.of(realm));
        all.addAll(endpointScenarios.all());
        all.addAll(endpointScenarios.of(DrawnKeys.create(realm, settings.file("drawn-keys.txt"))));
        all.add(endpointScenarios.freshToken());
        BenchRealm metered = BenchRealm.metered(server, "metered");
        all.addAll(new LimitedEndpointScenarios(metered, metered.key("metered")).all());
        return all.stream()
                .filter(scenario -> scenario.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ServerFailure("-Dbench.profile=" + id + ": use one of "
                        + all.stream().map(Scenario::id).collect(Collectors.joining(", "))));
    }
}
