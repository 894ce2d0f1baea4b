package io.latchkey.bench;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Measures servers with more and more keys in the table. */
final class ScaleRun {

    /** Long enough to hold all keys that are weighed; nothing here depends on how soon a lost message is made good. */
    private static final String REMEMBERS = "--spi-latchkey--default--cache-max-age=PT10M";

    private static final int MOST_OWNERS = 1000;
    private static final int WARM_OWNERS = 100;
    private static final int UNKNOWN = 5000;
    private static final int PASSES = 5;

    private final BenchSettings settings;
    private final BenchDatabase.Postgres database;

    ScaleRun(BenchSettings settings, BenchDatabase.Postgres database) {
        this.settings = settings;
        this.database = database;
    }

    List<ScaleFigures> run() throws SQLException {
        BenchServer.build(settings, database);
        BenchRealm realm;
        String id;
        try (BenchServer server = BenchServer.start(settings, database)) {
            realm = BenchRealm.create(server, "scale");
            id = realm.admin().get(realm.adminPath("")).expect(200).text("id");
        }
        List<ScaleFigures> all = new ArrayList<>();
        try (ScaleTable table = new ScaleTable(database.connect(), id)) {
            ScaleSample warmUp = ScaleSample.of(WARM_OWNERS);
            table.add(warmUp);
            for (long size : settings.scale()) {
                all.add(at(size, realm, table, warmUp));
            }
        }
        return all;
    }

    private ScaleFigures at(long size, BenchRealm realm, ScaleTable table, ScaleSample warmUp) {
        System.out.println("Keys: " + size);
        ScaleSample sample = ScaleSample.of((int) Math.min(MOST_OWNERS, size / ScaleTable.PER_OWNER));
        table.fill(size - sample.owners().size() * (long) ScaleTable.PER_OWNER);
        table.add(sample);
        table.settle();
        ScaleFigures figures;
        // Servers that know nothing of the keys yet.
        try (BenchServer server = BenchServer.start(settings, database, REMEMBERS)) {
            warm(server, realm, warmUp);
            figures = new ScaleProbe(settings, database, server, realm).measure(size, table, sample);
        }
        table.litter();
        try (BenchServer server = BenchServer.start(settings, database, PurgeDuration.OFTEN)) {
            return figures.with(PurgeDuration.watch(server, table));
        }
    }

    /** With keys of its own, since those of the sample are to be met for the first time. */
    private void warm(BenchServer server, BenchRealm realm, ScaleSample warmUp) {
        Wrk wrk = new Wrk(server.base(), settings.directory());
        Path lines = ScaleSample.write(settings.file("keys.txt"), ScaleSample.unknown(UNKNOWN));
        wrk.pass(
                EndpointScenarios.verify(realm, "{key}").expecting(200, "\"valid\":false"),
                lines,
                settings.connections());
        for (int pass = 0; pass < PASSES; pass++) {
            lines = ScaleSample.write(settings.file("keys.txt"), warmUp.first());
            wrk.pass(EndpointScenarios.verify(realm, "{key}"), lines, settings.connections());
            lines = ScaleSample.write(settings.file("keys.txt"), warmUp.others());
            wrk.pass(EndpointScenarios.verify(realm, "{key}"), lines, settings.connections());
            realm.admin().post(realm.adminPath("/clear-user-cache"), "").expect(204);
        }
    }
}
