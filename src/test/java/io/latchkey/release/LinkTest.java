package io.latchkey.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every class, method and field of Keycloak that this project names is there in the distributions of all releases it is made
 * for. What {@code kc.sh build} reads names only what the two releases before them have as well, so that such a server gets as far
 * as the sentence that refuses its release.
 *
 * <p>A release is covered where its distribution is in the local Maven repository; those that the integration tests run on
 * always are after a full build. {@code mvn dependency:get -Dtransitive=false
 * -Dartifact=org.keycloak:keycloak-quarkus-dist:26.5.6:zip} brings another.
 */
class LinkTest {

    /** The module under test. */
    private static final Path TARGET = Path.of(System.getProperty("basedir"), "target");

    private static final Path CLASSES = TARGET.resolve("classes");
    private static final Path SERVICES = CLASSES.resolve("META-INF/services");

    /** What runs before the server's release is refused. */
    private static final Set<String> START = Set.of(
            "io/latchkey/ApiKeysProviderFactory",
            "io/latchkey/ServerOptions",
            "io/latchkey/ServerOptionReader",
            "io/latchkey/KeycloakRelease",
            "io/latchkey/keycloak/ServerFacilities");

    @ParameterizedTest
    @ValueSource(strings = {"26.7.0", "26.7.3", "26.7.4", "26.7.5"})
    void everythingThatIsNamedIsThere(String release) throws IOException {
        KeycloakZip keycloak = distribution(release);

        assertEquals(Set.of(), missing(keycloak, classes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.5.6", "26.6.4"})
    void whatTheBuildReadsNamesOnlyWhatOlderReleasesHave(String release) throws IOException {
        KeycloakZip keycloak = distribution(release);
        Set<String> read = new TreeSet<>(START);
        read.addAll(factories(keycloak));
        List<ClassFile> files = classes().stream()
                .filter(file -> read.contains(file.name()) || isAnnotated(file))
                .toList();
        assertTrue(files.size() > 4, files::toString);

        assertEquals(Set.of(), missing(keycloak, files));
    }

    private static KeycloakZip distribution(String release) {
        Path zip = Path.of(System.getProperty("latchkey.repository", ""))
                .resolve("org/keycloak/keycloak-quarkus-dist/" + release)
                .resolve("keycloak-quarkus-dist-" + release + ".zip");
        assumeTrue(Files.exists(zip), "Not covered: Keycloak " + release + " is not in the local Maven repository");
        return new KeycloakZip(zip, TARGET.resolve("link-check").resolve(release));
    }

    private static Set<String> missing(KeycloakZip keycloak, List<ClassFile> files) {
        Set<String> missing = new TreeSet<>();
        for (ClassFile file : files) {
            file.classes().stream()
                    .filter(LinkTest::isForeign)
                    .filter(name -> !keycloak.has(name))
                    .forEach(name -> missing.add(file.name() + " names " + name));
            file.used().stream()
                    .filter(member -> isForeign(member.owner()) && !keycloak.has(member.owner(), member.signature()))
                    .forEach(member -> missing.add(file.name() + " uses " + member.owner() + "." + member.signature()));
        }
        return missing;
    }

    /** Bucket4j comes with the jar. */
    private static boolean isForeign(String name) {
        return !name.startsWith("io/latchkey/") && !name.startsWith("io/github/bucket4j/");
    }

    /** Those of SPIs that the release has: it looks for no others. */
    private static Set<String> factories(KeycloakZip keycloak) throws IOException {
        try (Stream<Path> services = Files.list(SERVICES)) {
            return services.filter(file -> isKnown(file.getFileName().toString().replace('.', '/'), keycloak))
                    .flatMap(LinkTest::lines)
                    .map(name -> name.replace('.', '/'))
                    .collect(Collectors.toSet());
        }
    }

    private static boolean isKnown(String service, KeycloakZip keycloak) {
        return !isForeign(service) || keycloak.has(service);
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream().filter(line -> !line.isBlank());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean isAnnotated(ClassFile file) {
        try {
            Class<?> type = Class.forName(file.name().replace('/', '.'), false, LinkTest.class.getClassLoader());
            return type.isAnnotationPresent(Entity.class)
                    || type.isAnnotationPresent(Embeddable.class)
                    || type.isAnnotationPresent(Provider.class);
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private static List<ClassFile> classes() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(LinkTest::read)
                    .toList();
        }
    }

    private static ClassFile read(Path file) {
        try {
            return ClassFile.of(Files.readAllBytes(file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
