package io.latchkey.it.widening;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Packs some of these factories as a provider jar. */
public final class WideningJar {

    private static final String SERVICES =
            "META-INF/services/org.keycloak.protocol.oidc.token.TokenPostProcessorFactory";

    private WideningJar() {}

    @SafeVarargs
    public static Path pack(Path jar, Class<? extends WideningFactory>... factories) {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            List<Class<?>> classes = Stream.concat(
                            Stream.of(WideningFactory.class, WideningProcessor.class), Arrays.stream(factories))
                    .toList();
            for (Class<?> type : classes) {
                String name = type.getName().replace('.', '/') + ".class";
                try (InputStream code = type.getClassLoader().getResourceAsStream(name)) {
                    write(out, name, code.readAllBytes());
                }
            }
            String names = Arrays.stream(factories).map(Class::getName).collect(Collectors.joining("\n"));
            write(out, SERVICES, names.getBytes(StandardCharsets.UTF_8));
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
