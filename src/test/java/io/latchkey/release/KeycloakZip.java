package io.latchkey.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The classes of a Keycloak distribution that this project refers to. */
final class KeycloakZip {

    private static final String SUFFIX = ".class";

    /** The jars that have them; the others are left out because that takes seconds. */
    private static final Pattern JARS = Pattern.compile(".*/lib/lib/(?:main|boot)/("
            + "org\\.keycloak\\.keycloak-(?!.*-ui|themes|admin-v2|ssf|scim|.*-federation).*"
            + "|io\\.quarkus\\.(quarkus-(core|rest|vertx|arc)|arc\\.|resteasy).*"
            + "|org\\.jboss\\.(resteasy\\.reactive|logging|logmanager).*"
            + "|org\\.infinispan\\.infinispan-(core|commons)-\\d.*"
            + "|org\\.hibernate\\.orm\\.hibernate-core.*"
            + "|org\\.eclipse\\.microprofile\\.config.*"
            + "|io\\.(vertx\\.vertx-core|smallrye\\.reactive\\.mutiny|smallrye\\.config|netty\\.netty-(common|buffer)).*"
            + "|com\\.github\\.ben-manes.*|com\\.fasterxml\\.jackson\\.core.*|jakarta\\..*)\\.jar");

    private final Map<String, ZipFile> jars = new HashMap<>();
    private final Map<String, Optional<ClassFile>> parsed = new HashMap<>();

    /**
     * @param zip the distribution
     * @param folder takes the jars, and keeps them for the next time
     */
    KeycloakZip(Path zip, Path folder) {
        try (ZipFile distribution = new ZipFile(zip.toFile())) {
            Files.createDirectories(folder);
            for (ZipEntry entry : Collections.list(distribution.entries())) {
                if (JARS.matcher(entry.getName()).matches()) {
                    add(extracted(distribution, entry, folder));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path extracted(ZipFile distribution, ZipEntry entry, Path folder) throws IOException {
        Path jar = folder.resolve(Path.of(entry.getName()).getFileName());
        if (Files.notExists(jar) || Files.size(jar) != entry.getSize()) {
            try (InputStream content = distribution.getInputStream(entry)) {
                Files.copy(content, jar, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return jar;
    }

    private void add(Path jar) throws IOException {
        ZipFile classes = new ZipFile(jar.toFile());
        classes.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(SUFFIX))
                .forEach(name -> jars.putIfAbsent(name.substring(0, name.length() - SUFFIX.length()), classes));
    }

    boolean has(String className) {
        return jars.containsKey(className) || jdk(className).isPresent();
    }

    /** Whether a class or one of its supertypes has the member. */
    boolean has(String owner, String signature) {
        return find(owner)
                .filter(file -> file.members().contains(signature)
                        || file.supertypes().stream().anyMatch(type -> has(type, signature)))
                .isPresent();
    }

    private Optional<ClassFile> find(String className) {
        Optional<ClassFile> known = parsed.get(className);
        if (known == null) {
            known = bytes(className).map(ClassFile::ofApi);
            parsed.put(className, known);
        }
        return known;
    }

    private Optional<byte[]> bytes(String className) {
        ZipFile jar = jars.get(className);
        if (jar == null) {
            return jdk(className);
        }
        try (InputStream content = jar.getInputStream(jar.getEntry(className + SUFFIX))) {
            return Optional.of(content.readAllBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Optional<byte[]> jdk(String className) {
        if (!className.startsWith("java")) {
            return Optional.empty();
        }
        try (var stream = ClassLoader.getPlatformClassLoader().getResourceAsStream(className + SUFFIX)) {
            return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
