package io.latchkey.key;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Represents the prefix of a key: {@code kwi_sk_}, or {@code acme_sk_live_} if the realm names an environment.
 *
 * @param brand a lower-case letter and one to nine lower-case letters or digits
 * @param env {@code live}, {@code test} or none
 */
public record KeyPrefix(String brand, KeyKind kind, Optional<String> env) {

    static final int MIN_LENGTH = "kc_sk_".length();
    static final int MAX_LENGTH = "abcdefghij_sk_live_".length();

    static final Pattern BRAND = Pattern.compile("[a-z][a-z0-9]{1,9}");
    private static final Pattern PREFIX = Pattern.compile("(" + BRAND + ")_([a-z]+)_(?:(live|test)_)?");
    private static final Set<String> ENVIRONMENTS = Set.of("live", "test");
    static final int PREVIEW_LENGTH = 5;

    public KeyPrefix {
        Objects.requireNonNull(kind, "kind");
        if (!BRAND.matcher(brand).matches()) {
            throw new IllegalArgumentException("A brand is a letter a-z and one to nine more from a-z and 0-9");
        }
        if (env.isPresent() && !ENVIRONMENTS.contains(env.get())) {
            throw new IllegalArgumentException("An environment is live or test");
        }
    }

    /** The prefix written as this text, last underscore included; empty when the text (or null) is not one. */
    public static Optional<KeyPrefix> parse(String text) {
        if (text == null || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher parts = PREFIX.matcher(text);
        return parts.matches()
                ? KeyKind.ofTag(parts.group(2))
                        .map(kind -> new KeyPrefix(parts.group(1), kind, Optional.ofNullable(parts.group(3))))
                : Optional.empty();
    }

    /** What lists show of a key: enough to recognise it, {@code kwi_sk_aBcDe...}. */
    public String preview(KeyId id) {
        return this + id.value().substring(0, PREVIEW_LENGTH) + "...";
    }

    @Override
    public String toString() {
        return brand + "_" + kind.tag() + "_" + env.map(name -> name + "_").orElse("");
    }
}
