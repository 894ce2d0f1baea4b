package io.latchkey.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.http.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the tables of problem types in the documentation to the list in the code. */
class ProblemTypesTest {

    /** Such as {@code | `busy` | 503, too many keys are being changed |}. */
    private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\| (\\d{3}), ");

    private static final Pattern STATUSES =
            Pattern.compile("^\\| (\\d{3}(?:, \\d{3})*) \\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern SLUG = Pattern.compile("`([a-z]+(?:-[a-z]+)*)`");

    @Test
    void openApiDocumentHasOneRowPerType() {
        Map<String, Integer> described = new TreeMap<>();
        ROW.matcher(OpenApiDocument.generate("0")
                        .model()
                        .getComponents()
                        .getSchemas()
                        .get("ProblemType")
                        .getDescription())
                .results()
                .forEach(row -> described.put(row.group(1), Integer.valueOf(row.group(2))));

        assertEquals(types(), described);
    }

    @Test
    void restPageNamesEachTypeInTheRowOfItsStatus() throws IOException {
        String page = Files.readString(Path.of("src/docs/rest.md"));
        Map<String, Integer> described = new TreeMap<>();
        Matcher rows = STATUSES.matcher(page.substring(page.indexOf("## Problems")));
        while (rows.find()) {
            String[] statuses = rows.group(1).split(", ");
            int[] row = {0};
            SLUG.matcher(rows.group(2).replaceAll("\\([^)]*\\)", "")).results().forEach(slug -> {
                int at = statuses.length == 1 ? 0 : row[0]++;
                described.put(slug.group(1), Integer.valueOf(statuses[at]));
            });
        }

        assertEquals(types(), described);
    }

    private static Map<String, Integer> types() {
        Map<String, Integer> types = new TreeMap<>();
        Arrays.stream(ProblemType.values()).forEach(type -> types.put(type.slug(), type.status()));
        return types;
    }
}
