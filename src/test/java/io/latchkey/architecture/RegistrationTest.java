package io.latchkey.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Keycloak finds the provider by {@code META-INF/services} and passes over what it cannot load. */
class RegistrationTest {

    /** The classes of the module under test. */
    private static final Path CLASSES = Path.of(System.getProperty("basedir"), "target", "classes");

    private static final Path SERVICES = CLASSES.resolve("META-INF/services");

    @ParameterizedTest
    @MethodSource("services")
    void everyEntryCanBeMade(Path file) throws Exception {
        List<String> entries = entries(file).toList();

        assertTrue(!entries.isEmpty(), "no entry");
        Class<?> service = load(file.getFileName().toString());
        for (String entry : entries) {
            Class<?> type = load(entry);
            assertTrue(service.isAssignableFrom(type), entry + " is no " + service.getName());
            assertTrue(
                    Modifier.isPublic(type.getModifiers())
                            && Modifier.isPublic(type.getConstructor().getModifiers()),
                    entry + " needs a public constructor without parameters");
        }
    }

    @Test
    void nothingIsForgotten() throws IOException {
        Set<String> registered =
                services().flatMap(RegistrationTest::entries).collect(Collectors.toCollection(TreeSet::new));

        Set<String> made = new ClassFileImporter()
                .importPath(CLASSES).stream()
                        .filter(type -> type.isAssignableTo(ProviderFactory.class) || type.isAssignableTo(Spi.class))
                        .filter(type ->
                                !type.isInterface() && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getName)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(made, registered);
    }

    private static Stream<Path> services() throws IOException {
        try (Stream<Path> files = Files.list(SERVICES)) {
            return files.sorted().toList().stream();
        }
    }

    private static Stream<String> entries(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> line.replaceAll("#.*", "").strip())
                    .filter(line -> !line.isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, RegistrationTest.class.getClassLoader());
    }
}
