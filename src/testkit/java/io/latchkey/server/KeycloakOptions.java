package io.latchkey.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a server is started: {@code arguments} begin with Keycloak's command. It listens on 127.0.0.1 only, and its name is
 * always {@code localhost}, so that tokens name one issuer whichever address they were fetched from.
 */
public record KeycloakOptions(
        int httpPort, int managementPort, List<String> arguments, Map<String, String> environment) {

    /** Keeps copies. */
    public KeycloakOptions {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** A server in development mode with the embedded database and an administrator of the master realm. */
    public static KeycloakOptions dev(int httpPort, int managementPort, String admin, String password) {
        return new KeycloakOptions(
                httpPort,
                managementPort,
                List.of("start-dev"),
                Map.of("KC_BOOTSTRAP_ADMIN_USERNAME", admin, "KC_BOOTSTRAP_ADMIN_PASSWORD", password));
    }

    /** These options and one more argument. */
    public KeycloakOptions with(String argument) {
        List<String> more = new ArrayList<>(arguments);
        more.add(argument);
        return new KeycloakOptions(httpPort, managementPort, more, environment);
    }

    /** These options and one more environment variable. */
    public KeycloakOptions withEnvironment(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new KeycloakOptions(httpPort, managementPort, arguments, more);
    }

    List<String> commandLine(Distribution distribution) {
        List<String> line = new ArrayList<>();
        line.add(distribution.script().toString());
        line.addAll(arguments);
        line.add("--http-host=127.0.0.1");
        line.add("--http-port=" + httpPort);
        line.add("--http-management-port=" + managementPort);
        line.add("--hostname=http://localhost:" + httpPort);
        line.add("--health-enabled=true");
        return line;
    }
}
