package io.latchkey.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.policy.PolicyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The form of the admin console sends the whole policy: what it does not know, it would set back to its default. */
class PolicyFormTest {

    private static final Pattern SHAPE = Pattern.compile("^ {2}(\\w+): \\{$", Pattern.MULTILINE);

    @Test
    void theFormHasEveryFieldOfThePolicy() throws IOException {
        Set<String> fields = new TreeSet<>();
        PolicyDocument.write(name -> null).fieldNames().forEachRemaining(fields::add);

        String form = Files.readString(Path.of("themes/src/admin/policySettings.ts"));

        assertEquals(
                fields,
                SHAPE.matcher(form)
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
