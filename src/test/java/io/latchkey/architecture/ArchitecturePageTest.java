package io.latchkey.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that every class that developers read about exists. A class in backticks is one of ours, unless its package is named. */
class ArchitecturePageTest {

    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern CLASS = Pattern.compile("[A-Z]\\w*[a-z]\\w*(?:\\.[A-Z]\\w*[a-z]\\w*)?");
    private static final Pattern DECLARED =
            Pattern.compile("^\\s*(?:\\w+ )*(?:class|interface|record|enum) (\\w+)", Pattern.MULTILINE);

    @ParameterizedTest
    @ValueSource(strings = {"src/docs/architecture.md", "CONTRIBUTING.md"})
    void everyClassOnThePageExists(String page) throws IOException {
        Set<String> existing = classes();
        Set<String> named = CODE.matcher(Files.readString(Path.of(page)))
                .results()
                .map(code -> code.group(1))
                .filter(code -> CLASS.matcher(code).matches())
                .collect(Collectors.toCollection(TreeSet::new));

        assertTrue(named.size() > 2, page);
        assertEquals(
                List.of(),
                named.stream().filter(name -> !existing.contains(name)).toList(),
                () -> page + " names classes that do not exist: correct the page");
    }

    private static Set<String> classes() throws IOException {
        Set<String> classes = new TreeSet<>();
        Files.walkFileTree(Path.of("src"), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                // Other tests write there at the same time.
                return folder.endsWith("target") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    declared(file).forEach(classes::add);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return classes;
    }

    private static Stream<String> declared(Path source) {
        String outer = source.getFileName().toString().replace(".java", "");
        try {
            Matcher declared = DECLARED.matcher(Files.readString(source));
            return Stream.concat(Stream.of(outer), declared.results().map(found -> outer + "." + found.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
