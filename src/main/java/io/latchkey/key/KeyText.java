package io.latchkey.key;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds keys in other text and cuts them down to their preview. It ignores the checksum, because a mistyped or truncated
 * key still contains most of its secret. It requires eight characters more than the public id, so that ordinary names do
 * not match.
 */
public final class KeyText {

    private static final int SHORTEST = KeyId.LENGTH + 8;

    private static final Pattern KEY = Pattern.compile("(" + KeyPrefix.BRAND + "_(?:sk|pk)_(?:(?:live|test)_)?)"
            + "([0-9A-Za-z]{" + KeyPrefix.PREVIEW_LENGTH + "})"
            + "[0-9A-Za-z]{" + (SHORTEST - KeyPrefix.PREVIEW_LENGTH) + ",}");

    /** What a field is told that holds a key and must not. */
    public static final String FAULT = "must not contain an API key";

    private KeyText() {}

    /** Whether this text (or null) holds something that looks like a key. */
    public static boolean isIn(String text) {
        return mayBeIn(text) && KEY.matcher(text).find();
    }

    /** The same text with the preview in place of each key; null where it is null. */
    public static String redact(String text) {
        return mayBeIn(text) ? KEY.matcher(text).replaceAll(KeyText::preview) : text;
    }

    // Spares nearly every text the pattern.
    private static boolean mayBeIn(String text) {
        return text != null && (text.contains("_sk_") || text.contains("_pk_"));
    }

    private static String preview(MatchResult key) {
        return Matcher.quoteReplacement(key.group(1) + key.group(2) + "...");
    }
}
