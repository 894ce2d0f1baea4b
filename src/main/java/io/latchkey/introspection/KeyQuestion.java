package io.latchkey.introspection;

import io.latchkey.model.AddressRange;
import io.latchkey.model.WebOrigin;
import io.latchkey.policy.Violation;
import io.latchkey.rest.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an API wants to know.
 *
 * @param key what the API was sent, whatever it is
 * @param audience client id of the API the key is used at; empty for the one that asks
 * @param scopes that the key has to carry, all of them
 * @param ip of whoever uses the key
 * @param origin of the page that uses the key
 * @param dryRun whether this is a question only, which does not count as a use
 */
record KeyQuestion(
        String key,
        Optional<String> audience,
        List<String> scopes,
        Optional<String> ip,
        Optional<String> origin,
        boolean dryRun) {

    private static final int LONGEST_KEY = 4_000;
    private static final int LONGEST = 255;
    private static final int LONGEST_SCOPE = 4_000;

    /** Empty once it has said what is wrong. */
    static Optional<KeyQuestion> read(Fields fields, Consumer<Violation> wrong) {
        Optional<String> key = fields.required("key", fields.text("key", 0, LONGEST_KEY));
        Optional<String> audience = fields.text("audience", 1, LONGEST).given();
        Optional<String> scope = fields.text("scope", 0, LONGEST_SCOPE).given();
        Optional<String> ip = fields.text("ip", 1, LONGEST).given();
        Optional<String> origin = fields.text("origin", 1, LONGEST).given();
        boolean dryRun = fields.flag("dryRun").given().orElse(false);
        // No API has an allowance yet, so no use costs anything.
        fields.amount("cost");
        if (ip.filter(text -> text.indexOf('/') >= 0 || AddressRange.parse(text).isEmpty())
                .isPresent()) {
            fields.reject("ip", "must be an address such as 192.0.2.7");
        }
        if (origin.filter(text -> WebOrigin.parse(text).isEmpty()).isPresent()) {
            fields.reject("origin", "must be an origin such as https://app.example.org");
        }
        fields.violations().forEach(wrong);
        return fields.violations().isEmpty()
                ? Optional.of(new KeyQuestion(key.orElseThrow(), audience, words(scope.orElse("")), ip, origin, dryRun))
                : Optional.empty();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
