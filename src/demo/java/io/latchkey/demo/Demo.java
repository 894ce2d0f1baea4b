package io.latchkey.demo;

import io.latchkey.sample.SampleApi;
import io.latchkey.server.Distribution;
import io.latchkey.server.KeycloakOptions;
import io.latchkey.server.KeycloakProcess;
import io.latchkey.server.ServerFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** {@code mvn -Pdemo}: a Keycloak with the provider, an application that trusts it, and a key to try. */
public final class Demo {

    // The first start builds the server and its database: a minute on a slow machine.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static volatile boolean stopping;

    private Demo() {}

    /** Runs until a server ends by itself or the user stops it. */
    public static void main(String[] arguments) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopping = true));
        try {
            run(DemoSettings.read());
        } catch (ServerFailure e) {
            // Ctrl-C reaches the servers as well: that they end is no news then.
            if (!stopping) {
                System.err.println(System.lineSeparator() + e.getMessage());
            }
        }
        // Stops what has been started, and ends the build with a failure and no stack trace.
        System.exit(1);
    }

    private static void run(DemoSettings settings) {
        settings.ports().forEach(DemoPort::requireFree);
        Path keycloakLog = settings.log("keycloak");
        System.out.println("Starting Keycloak and the sample API; logs in " + keycloakLog.getParent());
        KeycloakProcess keycloak = KeycloakProcess.start(distribution(settings), options(settings), keycloakLog);
        SampleApi api = SampleApi.start(
                settings.sampleApi(), settings.api().number(), keycloak.realm("demo"), settings.log("sample-api"));
        CompletableFuture<Object> ended = CompletableFuture.anyOf(keycloak.ended(), api.ended());
        api.awaitReady(PATIENCE);
        keycloak.awaitReady(PATIENCE);
        String key = DemoUser.login(keycloak.realm("demo")).replaceKey();
        System.out.println(DemoText.of(keycloak, api, key));
        throw (ServerFailure) ended.join();
    }

    private static Distribution distribution(DemoSettings settings) {
        Distribution distribution = new Distribution(settings.home());
        distribution.install(settings.providers());
        distribution.importRealm(DemoRealm.write(
                settings.realm(), settings.api().number(), settings.home().getParent()));
        return distribution;
    }

    private static KeycloakOptions options(DemoSettings settings) {
        return KeycloakOptions.dev(
                        settings.keycloak().number(), settings.management().number(), "admin", "admin")
                .with("--import-realm");
    }
}
