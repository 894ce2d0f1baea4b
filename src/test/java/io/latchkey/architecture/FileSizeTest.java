package io.latchkey.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Warns of files that grew too long: each hides a noun without a name. */
class FileSizeTest {

    private static final Logger LOG = Logger.getLogger(FileSizeTest.class);

    @ParameterizedTest
    @CsvSource({
        "src/main/java,250",
        "src/credits/src/main/java,250",
        "src/test/java,350",
        "src/credits/src/test/java,350",
        "src/testkit/java,250",
        "src/it/tests/java,350",
        "src/demo/java,250",
        "src/bench/java,250",
        "themes/src,250"
    })
    void warnsOfLongFiles(String folder, int most) throws IOException {
        List<Path> sources = sources(Path.of(folder));

        List<String> tooLong = sources.stream()
                .filter(source -> lines(source) > most)
                .map(source -> source + ": " + lines(source))
                .toList();

        assertFalse(sources.isEmpty());
        tooLong.forEach(source -> LOG.warnf("Longer than %d lines, so which noun is missing? %s", most, source));
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(java|tsx?|css)"))
                    .toList();
        }
    }

    private static long lines(Path source) {
        try (Stream<String> lines = Files.lines(source)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
