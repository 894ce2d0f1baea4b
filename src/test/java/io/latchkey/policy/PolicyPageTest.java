package io.latchkey.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyPageTest {
    private static final Path PAGE = Path.of("src/docs/policy.md");

    @Test
    void pageHasExactlyOneRightRowForEveryAttribute() throws IOException {
        // The last column is prose.
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| `latchkey\\..*\\| [^|]+ \\|"))
                .map(line -> line.replaceFirst("[^|]+\\|$", ""))
                .toList();

        assertEquals(
                String.join(
                        "\n",
                        PolicyAttributes.ALL.stream().map(PolicyPageTest::row).toList()),
                String.join("\n", rows));
    }

    @Test
    void pageSaysOfEveryAttributeWhatItsRemovalDoes() throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        List<String> rows =
                page.subList(page.indexOf("## When an attribute is removed"), page.indexOf("## Plans")).stream()
                        .filter(line -> line.startsWith("| `"))
                        .toList();

        assertEquals(
                String.join(
                        "\n",
                        PolicyAttributes.ALL.stream()
                                .map(attribute -> "| `" + attribute.key() + "` | " + attribute.removalEffect() + " |")
                                .toList()),
                String.join("\n", rows));
    }

    private static <T> String row(PolicyAttribute<T> attribute) {
        boolean list = attribute.format().jsonType() == JsonNodeType.ARRAY;
        return "| `%s` | `%s` | %s | %s | %s |"
                .formatted(
                        attribute.name(),
                        attribute.field(),
                        attribute.format().allowed(),
                        attribute.print(attribute.initial()),
                        list ? "the words that are right" : attribute.print(attribute.stricter()));
    }
}
