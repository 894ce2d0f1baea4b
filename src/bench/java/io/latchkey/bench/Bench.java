package io.latchkey.bench;

import io.latchkey.server.ServerFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Runs the benchmark: {@code mvn -Pbench}. */
public final class Bench {

    private Bench() {}

    /** Runs the parts in the settings. A wrong response fails the run; a missed target does not. */
    public static void main(String[] arguments) {
        boolean right;
        try {
            right = run(BenchSettings.read());
        } catch (ServerFailure e) {
            System.err.println(System.lineSeparator() + e.getMessage());
            right = false;
        }
        System.exit(right ? 0 : 1);
    }

    private static boolean run(BenchSettings settings) {
        double load = Machine.load();
        Page page = new Page(settings.page());
        Optional<String> profiled = settings.profile();
        if (profiled.isPresent()) {
            try (BenchDatabase database = BenchDatabase.open(settings)) {
                String text = new ProfileRun(settings, database).run(profiled.get());
                page.show("profile", Machine.describe(settings, database.label(), load) + text);
            }
            return true;
        }
        if (!settings.scale().isEmpty()) {
            scale(settings, page, load);
            return true;
        }
        boolean right =
                !settings.parts().contains("endpoints") || measure(settings, page, load, "endpoints", EndpointRun::run);
        right &= !settings.parts().contains("limits") || measure(settings, page, load, "limits", EndpointRun::limits);
        if (settings.parts().contains("jmh")) {
            page.show("jmh", MicroRun.run(settings, load));
        }
        return right;
    }

    private static boolean measure(
            BenchSettings settings, Page page, double load, String part, Function<EndpointRun, Results> run) {
        try (BenchDatabase database = BenchDatabase.open(settings)) {
            Results results = run.apply(new EndpointRun(settings, database));
            page.show(
                    part + "-" + settings.database(),
                    Machine.describe(settings, database.label(), load) + new EndpointReport(results).text());
            results.failures().forEach(System.err::println);
            return results.failures().isEmpty();
        }
    }

    private static void scale(BenchSettings settings, Page page, double load) {
        try (BenchDatabase.Postgres database = new BenchDatabase.Postgres(settings.file("postgres"))) {
            List<ScaleFigures> figures = new ScaleRun(settings, database).run();
            page.show("scale", Machine.describe(settings, database.label(), load) + ScaleFigures.report(figures));
        } catch (SQLException e) {
            throw new ServerFailure("PostgreSQL: " + e.getMessage(), e);
        }
    }
}
