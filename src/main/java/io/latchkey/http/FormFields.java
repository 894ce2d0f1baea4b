package io.latchkey.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.latchkey.policy.Violation;
import jakarta.ws.rs.core.MultivaluedMap;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.keycloak.OAuth2Constants;

/** Reads the parameters of a form as members of a JSON object, except those that authenticate the client. */
final class FormFields {

    /** Parameters of Keycloak's client authenticators (RFC 6749, section 2.3.1, and RFC 7521, section 4.2). */
    private static final Set<String> OF_CLIENT = Set.of(
            OAuth2Constants.CLIENT_ID,
            OAuth2Constants.CLIENT_SECRET,
            OAuth2Constants.CLIENT_ASSERTION,
            OAuth2Constants.CLIENT_ASSERTION_TYPE);

    private static final Set<String> FLAGS = Set.of("settle", "dryRun", "token");
    private static final Set<String> AMOUNTS = Set.of("cost");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");

    private FormFields() {}

    /** The object, or what is wrong: a parameter that was sent more than once. A value of another type stays text. */
    static JsonBody read(MultivaluedMap<String, String> form) {
        Map<String, List<String>> fields = form.entrySet().stream()
                .filter(field -> !OF_CLIENT.contains(field.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<Violation> repeated = fields.entrySet().stream()
                .filter(field -> field.getValue().size() != 1)
                .map(field -> new Violation(FieldPath.member("", field.getKey()), "must be given once"))
                .toList();
        if (!repeated.isEmpty()) {
            return new JsonBody.Refused(Problem.badRequest(repeated));
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        fields.forEach((name, values) -> json.set(name, value(name, values.get(0))));
        return new JsonBody.Accepted(json);
    }

    private static JsonNode value(String name, String text) {
        if (FLAGS.contains(name) && (text.equals("true") || text.equals("false"))) {
            return BooleanNode.valueOf(text.equals("true"));
        }
        return AMOUNTS.contains(name) && AMOUNT.matcher(text).matches()
                ? DecimalNode.valueOf(new BigDecimal(text))
                : TextNode.valueOf(text);
    }
}
