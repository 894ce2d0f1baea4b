package io.latchkey.forwardauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the headers that forward-auth sets with those that the shipped gateway files take from callers. */
class GatewayHeadersTest {

    private static final Pattern NAME = Pattern.compile("\"(X-Auth-[A-Za-z-]+)\"");

    private static final Path ROOT = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"nginx.conf", "nginx-credits.conf"})
    void nginxReplacesEveryHeaderOfForwardAuth(String file) throws IOException {
        assertNames(file, "proxy_set_header %s ");
    }

    @Test
    void envoyRemovesEveryHeaderOfForwardAuth() throws IOException {
        assertNames("envoy.yaml", "- remove: %s\n");
    }

    @Test
    void traefikRemovesEveryHeaderOfForwardAuth() throws IOException {
        assertNames("traefik.yaml", "%s: \"\"");
    }

    @Test
    void caddyAndHaproxyRemoveByPrefix() throws IOException {
        assertTrue(read("Caddyfile").contains("request_header -X-Auth*\n"));
        assertTrue(read("haproxy.cfg").contains("del-header ^x[^a-z0-9]auth -m reg\n"));
    }

    /** HAProxy 2.6, which the integration tests run, cannot drop them. */
    @Test
    void haproxyDropsTrailersWhereItCan() throws IOException {
        assertTrue(read("haproxy.cfg").contains("""
                backend api
                .if version_atleast(3.2)
                """));
        assertTrue(read("haproxy.cfg").contains("    option http-drop-request-trailers\n.endif\n"));
    }

    @Test
    void bothFilesOfNginxTakeTheSameHeaders() throws IOException {
        assertEquals(removed("nginx.conf"), removed("nginx-credits.conf"));
    }

    private static Set<String> removed(String file) throws IOException {
        return read(file)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("proxy_set_header X-") && line.endsWith("\"\";"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void assertNames(String file, String line) throws IOException {
        String text = read(file).toLowerCase(Locale.ROOT);
        Set<String> missing = headers().stream()
                .filter(name -> !text.contains(line.formatted(name).toLowerCase(Locale.ROOT)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), missing, file);
    }

    private static Set<String> headers() throws IOException {
        try (Stream<Path> sources = Files.walk(ROOT.resolve("src/main/java"))) {
            Set<String> names = new TreeSet<>();
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                NAME.matcher(Files.readString(source)).results().forEach(found -> names.add(found.group(1)));
            }
            assertTrue(names.contains("X-Auth-Subject"), names::toString);
            return names;
        }
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve("docker/gateways").resolve(file));
    }
}
