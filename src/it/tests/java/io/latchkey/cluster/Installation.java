package io.latchkey.cluster;

import io.latchkey.it.ProviderJars;
import io.latchkey.server.ChildProcess;
import io.latchkey.server.Distribution;
import io.latchkey.server.ServerFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The distribution with the provider jars, built for production: what both nodes run from. */
record Installation(Distribution distribution) {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    static Installation build() {
        Distribution distribution = new Distribution(Path.of(setting("home")));
        distribution.install(ProviderJars.ofRun());
        ChildProcess build = ChildProcess.start(
                "kc.sh build",
                List.of(distribution.script().toString(), "build", "--db=postgres", "--health-enabled=true"),
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                Cluster.folder().resolve("build.log"));
        try (build) {
            int code = build.awaitEnd(PATIENCE);
            if (code != 0) {
                throw new ServerFailure("The build failed with exit code " + code);
            }
        }
        return new Installation(distribution);
    }

    private static String setting(String name) {
        String value = System.getProperty("latchkey.it." + name);
        if (value == null) {
            throw new IllegalStateException("The build sets latchkey.it." + name + "; run the tests with it");
        }
        return value;
    }
}
