package io.latchkey.demo;

import io.latchkey.server.ServerFailure;
import java.nio.file.Path;
import java.util.List;

/** What the build passes to the demo as system properties; defaults are in the profile {@code demo} of the pom. */
record DemoSettings(
        DemoPort keycloak,
        DemoPort management,
        DemoPort api,
        Path home,
        List<Path> providers,
        Path realm,
        Path sampleApi) {

    static DemoSettings read() {
        return new DemoSettings(
                DemoPort.of("Keycloak", "demo.keycloak.port"),
                DemoPort.of("Keycloak's health page", "demo.management.port"),
                DemoPort.of("the sample API", "demo.api.port"),
                path("demo.keycloak.home"),
                List.of(path("demo.provider"), path("demo.credits")),
                path("demo.realm"),
                path("demo.sample-api"));
    }

    List<DemoPort> ports() {
        return List.of(keycloak, management, api);
    }

    Path log(String program) {
        return home.resolveSibling(program + ".log");
    }

    private static Path path(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new ServerFailure("The property " + property + " is missing: start the demo with mvn -Pdemo");
        }
        return Path.of(value);
    }
}
