package io.latchkey.bench;

import io.latchkey.it.ApiClient;
import io.latchkey.server.ServerFailure;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;

/** Measures one server with a sample of the keys in its table. */
record ScaleProbe(BenchSettings settings, BenchDatabase.Postgres database, BenchServer server, BenchRealm realm) {

    private static final int MOST_CREATED = 20_000;
    private static final int LOOKS = 5;

    /** Fewer keys than that drown in what the server does besides. */
    private static final int ENOUGH_TO_WEIGH = 5000;

    ScaleFigures measure(long size, ScaleTable table, ScaleSample sample) {
        Sample stranger = pass(sample.first());
        Heap before = Heap.of(server);
        long earlier = database.readsOfKeys();
        Sample cold = pass(sample.others());
        long reads = database.readsOfKeys() - earlier;
        // Nothing is remembered of a key before its second use.
        pass(sample.others());
        Heap after = Heap.of(server);
        Sample warm = wrk().measure(
                        EndpointScenarios.verify(realm, sample.first().get(0)),
                        settings.connections(),
                        settings.sample());
        return new ScaleFigures(
                size,
                stranger,
                cold,
                warm,
                (double) reads / cold.requests(),
                look("/api-keys?max=20"),
                look("/api-keys/count"),
                create(sample),
                weight(before, after),
                table.plan(sample.owners().get(0).keys().get(0).id()),
                table.bytes(),
                new PurgeDuration(0, 0));
    }

    private Wrk wrk() {
        return new Wrk(server.base(), settings.directory());
    }

    private Sample pass(List<String> keys) {
        HttpCall call = EndpointScenarios.uncached(EndpointScenarios.verify(realm, "{key}"))
                .expecting(200, "\"valid\":true");
        Sample sample = wrk().pass(call, ScaleSample.write(settings.file("keys.txt"), keys), settings.connections());
        return right(sample, call);
    }

    private Sample create(ScaleSample sample) {
        HttpCall call = HttpCall.json(
                        realm.adminPath("/api-keys"),
                        "{\"name\":\"made {n}\",\"owner\":{\"type\":\"user\",\"id\":\"{key}\"}}")
                .with("Authorization", realm.adminBearer())
                .expecting(201, "\"key\"");
        return right(
                wrk().list(
                                call,
                                ScaleSample.write(settings.file("owners.txt"), sample.ownersInTurn(MOST_CREATED)),
                                settings.connections(),
                                settings.sample()),
                call);
    }

    private static Sample right(Sample sample, HttpCall call) {
        if (sample.failures(call) > 0) {
            throw new ServerFailure("%d of %d answers of %s were wrong"
                    .formatted(sample.failures(call), sample.requests(), call.path()));
        }
        return sample;
    }

    /** Milliseconds for one look, as a person would feel it. */
    private double look(String path) {
        ApiClient admin = realm.admin();
        return Results.median(DoubleStream.generate(() -> {
                    long begun = System.nanoTime();
                    admin.get(realm.adminPath(path)).expect(200);
                    return (System.nanoTime() - begun) / 1e6;
                })
                .limit(LOOKS));
    }

    private static OptionalLong weight(Heap before, Heap after) {
        long more = after.keys() - before.keys();
        return more < ENOUGH_TO_WEIGH ? OptionalLong.empty() : OptionalLong.of((after.bytes() - before.bytes()) / more);
    }
}
