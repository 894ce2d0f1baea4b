package io.latchkey.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The clients that the build generates from the description, each with a caller in {@code src/it/tests/openapi}. */
final class GeneratedClients {

    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Path CALLERS = PROJECT.resolve("src/it/tests/openapi");
    private static final Path JAVA = Path.of(System.getProperty("basedir", "."), "target/openapi/src/main/java");
    private static final Path TYPESCRIPT = CALLERS.resolve("node_modules/.clients/caller.js");

    private GeneratedClients() {}

    /** Whether the build has made them: {@code -DskipUi} needs no Node.js and leaves them out. */
    static boolean areGenerated() {
        return Files.isDirectory(JAVA) && Files.isRegularFile(TYPESCRIPT);
    }

    /** Compiles the Java client and its caller. */
    static JsonNode callWithJava(Path classes, String... arguments) throws Exception {
        compile(classes);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, GeneratedClients.class.getClassLoader())) {
            Object printed = loader.loadClass("JavaCaller")
                    .getMethod("call", String[].class)
                    .invoke(null, (Object) arguments);
            return new ObjectMapper().readTree((String) printed);
        }
    }

    /** Runs the caller that the build has compiled. */
    static JsonNode callWithTypeScript(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", TYPESCRIPT.toString()));
        command.addAll(List.of(arguments));
        Process node = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(node.getInputStream().readAllBytes());
        assertEquals(0, node.waitFor(), printed);
        return new ObjectMapper().readTree(printed);
    }

    private static void compile(Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<File> sources =
                    new ArrayList<>(List.of(CALLERS.resolve("JavaCaller.java").toFile()));
            try (Stream<Path> generated = Files.walk(JAVA)) {
                generated
                        .filter(file -> file.toString().endsWith(".java"))
                        .map(Path::toFile)
                        .forEach(sources::add);
            }
            String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            List<String> options = List.of("-nowarn", "-proc:none", "-cp", path, "-d", classes.toString());
            assertEquals(
                    true,
                    compiler.getTask(complaints, files, null, options, null, files.getJavaFileObjectsFromFiles(sources))
                            .call(),
                    complaints::toString);
        }
    }
}
