package io.latchkey.it;

import java.nio.file.Path;
import org.keycloak.testframework.server.KeycloakServerConfig;
import org.keycloak.testframework.server.KeycloakServerConfigBuilder;
import org.keycloak.testframework.server.KeycloakServerConfigBuilder.LogHandlers;

/** Configures the server that the integration tests share: the real distribution with the jars of this build. */
public final class LatchkeyServer implements KeycloakServerConfig {

    public static final String URL = "http://localhost:8080";

    @Override
    public KeycloakServerConfigBuilder configure(KeycloakServerConfigBuilder server) {
        server.log().handlers(LogHandlers.CONSOLE, LogHandlers.FILE);
        if (ProviderJars.hasCredits()) {
            server.dependency("io.latchkey", "latchkey-credits")
                    .spiOption("latchkey-charging", "credits", "reservation-ttl", "PT8S");
        }
        return server.dependency("io.latchkey", "latchkey-keycloak")
                .option("http-host", "127.0.0.1")
                // As behind a gateway: it says where a request comes from.
                .option("proxy-headers", "xforwarded")
                // Not ::1 as well, which is taken for a host name and looked up at every request (26.7).
                .option("proxy-trusted-addresses", "127.0.0.1")
                .option("log-file", logFile().toString())
                // They count the connections to the database.
                .option("metrics-enabled", "true")
                // All tests come from one address, and many with wrong keys.
                .spiOption("latchkey", "default", "failed-key-limit", "unlimited")
                .spiOption("latchkey", "default", "flush-interval", "PT1S")
                .spiOption("latchkey", "default", "sweep-interval", "PT10S")
                .spiOption("latchkey", "default", "peppers", "1:bGF0Y2hrZXktdGVzdC1wZXBwZXItMQ==");
    }

    /** Everything the server of this run has written. */
    static Path logFile() {
        return folder().resolve("keycloak.log");
    }

    /** What this run leaves behind. */
    public static Path folder() {
        return Path.of(System.getProperty("basedir", "."), "target", "it")
                .toAbsolutePath()
                .normalize();
    }
}
