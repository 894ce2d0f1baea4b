package io.latchkey.ui;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.policy.PolicyDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PropertyResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of texts, and the sources that name them. */
enum Messages {
    SHARED("theme-resources/messages", "themes/src", "themes/build.mjs", "src/main/java/io/latchkey/credential"),
    ACCOUNT("theme/api-keys/account/messages", "themes/src/account"),
    ADMIN("theme/api-keys/admin/messages", "themes/src/admin");

    static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "ja");

    private static final String RESOURCES = "src/main/resources/";
    private static final Path SHARED_SOURCES = Path.of("themes/src/shared");
    private static final Pattern NAME = Pattern.compile("\"(apiKeys\\w*)\"");
    private static final Pattern VALUE = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

    private final String folder;
    private final List<Path> users;

    Messages(String folder, String... users) {
        this.folder = folder;
        this.users = Arrays.stream(users).map(Path::of).toList();
    }

    /** Read as Keycloak reads them. */
    Map<String, String> in(String language) throws IOException {
        Path path = Path.of(RESOURCES + folder, "messages_" + language + ".properties");
        try (InputStream file = Files.newInputStream(path)) {
            PropertyResourceBundle bundle = new PropertyResourceBundle(file);
            Map<String, String> texts = new TreeMap<>();
            bundle.keySet().forEach(key -> texts.put(key, bundle.getString(key)));
            return texts;
        }
    }

    /** What is named where these texts are for. */
    Set<String> used() {
        return Stream.concat(users.stream().flatMap(Messages::named), computed())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the page names, or what it shares with the other page. */
    Set<String> shown() {
        Set<String> shown = used();
        named(SHARED_SOURCES).forEach(shown::add);
        return shown;
    }

    /** What the admin page names by the schema of the policy. */
    private Stream<String> computed() {
        if (this != ADMIN) {
            return Stream.empty();
        }
        return PolicyDocument.schema().path("properties").properties().stream().flatMap(field -> {
            String label = "apiKeysPolicy" + upper(field.getKey());
            JsonNode schema = field.getValue();
            Stream<String> options = Stream.of(schema.path("enum"), schema.at("/items/enum"))
                    .flatMap(JsonNode::valueStream)
                    .map(option -> label + upper(option.isNull() ? "none" : option.asText()));
            String group = "apiKeysPolicyGroup" + upper(schema.path("x-group").asText());
            return Stream.concat(Stream.of(label, label + "Help", group), options);
        });
    }

    private static String upper(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** The names of the values that a text shows. */
    static Set<String> values(String text) {
        return VALUE.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> named(Path source) {
        try (Stream<Path> files = Files.walk(source)) {
            return files
                    .filter(file ->
                            Files.isRegularFile(file) && !file.toString().contains(".test."))
                    .map(Messages::read)
                    .flatMap(text -> NAME.matcher(text).results().map(match -> match.group(1)))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
