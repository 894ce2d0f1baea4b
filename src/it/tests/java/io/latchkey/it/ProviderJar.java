package io.latchkey.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Packs classes of the tests as the provider jar of another extension. */
public final class ProviderJar {

    private ProviderJar() {}

    /**
     * Writes the jar.
     *
     * @param service the interface that the factories implement
     * @param others classes that the factories need
     * @return the jar
     */
    public static Path pack(Path jar, Class<?> service, List<Class<?>> factories, List<Class<?>> others) {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            List<Class<?>> classes =
                    Stream.concat(others.stream(), factories.stream()).toList();
            for (Class<?> type : classes) {
                String name = type.getName().replace('.', '/') + ".class";
                try (InputStream code = type.getClassLoader().getResourceAsStream(name)) {
                    write(out, name, code.readAllBytes());
                }
            }
            String names = factories.stream().map(Class::getName).collect(Collectors.joining("\n"));
            write(out, "META-INF/services/" + service.getName(), names.getBytes(StandardCharsets.UTF_8));
            return jar;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static void write(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }
}
