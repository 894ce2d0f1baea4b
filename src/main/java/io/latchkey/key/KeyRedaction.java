package io.latchkey.key;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces keys in any text by their preview, which is their first characters. It ignores the checksum, because a
 * mistyped or truncated key still contains most of its secret. It requires eight characters more than the public id, so
 * that ordinary names do not match. It finds keys whose underscores are percent-encoded or in full width, keys in
 * another case, and keys that a line end divides.
 */
public final class KeyRedaction {

    private static final int SHORTEST = KeyId.LENGTH + 8;

    /** As it is, percent-encoded once or more often, or in full width. */
    private static final String UNDERSCORE = "(?:_|%(?:25){0,4}5f|\uff3f)";

    private static final String CHARACTER = "[0-9A-Za-z]";

    /** A terminal or a mail may wrap a key; bounded, since the text can be anything. */
    private static final String WRAPPED_CHARACTER = "(?:[ \\t]{0,8}\\r?\\n[ \\t]{0,8})?" + CHARACTER;

    /** Ignores case, which a finder of the checksum can guess. */
    private static final Pattern KEY = Pattern.compile(
            "(" + KeyPrefix.BRAND + UNDERSCORE + "[sp]k" + UNDERSCORE + "(?:(?:live|test)" + UNDERSCORE + ")?)("
                    + CHARACTER + "{" + KeyPrefix.PREVIEW_LENGTH + "})(?:(?:" + WRAPPED_CHARACTER + "){"
                    + (PresentedKey.BODY_LENGTH - KeyPrefix.PREVIEW_LENGTH) + "}" + CHARACTER + "*+|" + CHARACTER + "{"
                    + (SHORTEST - KeyPrefix.PREVIEW_LENGTH) + ",})",
            Pattern.CASE_INSENSITIVE);

    /** Violation of a field that contains a key. */
    public static final String FAULT = "must not contain an API key";

    private KeyRedaction() {}

    /** Whether this text (or null) holds something that looks like a key. */
    public static boolean isIn(String text) {
        return mayBeIn(text) && KEY.matcher(text).find();
    }

    /** The same text with the preview in place of each key; null where it is null. */
    public static String redact(String text) {
        return mayBeIn(text) ? KEY.matcher(text).replaceAll(KeyRedaction::preview) : text;
    }

    /** Spares nearly every text the pattern: looks for the kind and what may stand around it. */
    private static boolean mayBeIn(String text) {
        if (text == null) {
            return false;
        }
        for (int i = 2; i + 1 < text.length(); i++) {
            char k = text.charAt(i);
            if ((k == 'k' || k == 'K') && isKindLetter(text.charAt(i - 1)) && mayBeUnderscore(text.charAt(i + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isKindLetter(char letter) {
        return letter == 's' || letter == 'p' || letter == 'S' || letter == 'P';
    }

    private static boolean mayBeUnderscore(char first) {
        return first == '_' || first == '%' || first == '\uff3f';
    }

    private static String preview(MatchResult key) {
        return Matcher.quoteReplacement(key.group(1) + key.group(2) + "...");
    }
}
