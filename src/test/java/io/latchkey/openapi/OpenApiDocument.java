package io.latchkey.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Indexer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** The description of the REST interface: paths and methods from the code, the rest from src/docs/openapi.yaml. */
public final class OpenApiDocument {

    /** The provider's module. */
    private static final Path MODULE = Path.of(System.getProperty("basedir", "."));

    private static final Path DETAILS = MODULE.resolve("docs/openapi.yaml");
    private static final Path CLASSES = MODULE.resolve("target/classes/io/latchkey");

    private OpenApiDocument() {}

    /** @param arguments the version to name, and files to write to, without their endings: one for tools, and one in the jar */
    public static void main(String... arguments) throws IOException {
        SmallRyeOpenAPI document = generate(arguments[0]);
        for (String argument : List.of(arguments).subList(1, arguments.length)) {
            Files.createDirectories(Path.of(argument).getParent());
            Files.writeString(Path.of(argument + ".yaml"), document.toYAML());
            Files.writeString(Path.of(argument + ".json"), document.toJSON());
        }
    }

    public static SmallRyeOpenAPI generate(String version) {
        OpenAPI details = builder()
                .enableAnnotationScan(false)
                .withCustomStaticFile(OpenApiDocument::details)
                .build()
                .model();
        return builder()
                .withIndex(index())
                .withFilters(List.of(new Details(details, version)))
                .build();
    }

    private static SmallRyeOpenAPI.Builder builder() {
        return SmallRyeOpenAPI.builder()
                .withConfig(new SmallRyeConfigBuilder().build())
                .enableModelReader(false)
                .enableStandardStaticFiles(false);
    }

    private static InputStream details() {
        try {
            return new ByteArrayInputStream(new ObjectMapper().writeValueAsBytes(raw()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The details as they are written. Through SnakeYAML, because the library's own reader knows no anchors. */
    static Object raw() throws IOException {
        try (Reader yaml = Files.newBufferedReader(DETAILS)) {
            LoaderOptions options = new LoaderOptions();
            options.setMaxAliasesForCollections(500);
            return new Yaml(options).load(yaml);
        }
    }

    private static IndexView index() {
        Indexer indexer = new Indexer();
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (Class<?> described : List.of(
                    Roots.class,
                    CreditsEndpoints.Account.class,
                    CreditsEndpoints.Allowances.class,
                    CreditsEndpoints.Prices.class)) {
                indexer.indexClass(described);
            }
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".class")).toList()) {
                try (InputStream bytes = Files.newInputStream(file)) {
                    indexer.index(bytes);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return indexer.complete();
    }
}
