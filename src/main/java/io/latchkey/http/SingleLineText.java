package io.latchkey.http;

import java.util.Optional;
import java.util.regex.Pattern;

/** Checks text from outside: one line without control characters, in any language. */
public final class SingleLineText {
    /** The emoji of Unicode 14 to 17: phones send them, and Java 17 knows Unicode 13 only. */
    private static final Pattern EMOJI_SINCE_UNICODE_14 =
            Pattern.compile("[\\x{1F6D8}\\x{1F6DC}-\\x{1F6DF}\\x{1F7F0}\\x{1F979}\\x{1F9CC}\\x{1FA75}-\\x{1FA77}"
                    + "\\x{1FA7B}\\x{1FA7C}\\x{1FA87}-\\x{1FA8A}\\x{1FA8E}\\x{1FA8F}\\x{1FAA9}-\\x{1FAAF}"
                    + "\\x{1FAB7}-\\x{1FABF}\\x{1FAC3}-\\x{1FAC6}\\x{1FAC8}\\x{1FACD}-\\x{1FACF}"
                    + "\\x{1FAD7}-\\x{1FADC}\\x{1FADF}-\\x{1FAEA}\\x{1FAEF}-\\x{1FAF8}]");

    private SingleLineText() {}

    /** What is wrong with stripped text, if anything. Lengths are in code points. */
    public static Optional<String> fault(String text, int min, int max) {
        int length = text.codePointCount(0, text.length());
        if (length < min || length > max) {
            return Optional.of("must have " + min + " to " + max + " characters");
        }
        boolean invisible = length > 0 && text.codePoints().allMatch(SingleLineText::isBlank);
        if (invisible) {
            return Optional.of("must not be blank");
        }
        return text.codePoints().anyMatch(SingleLineText::isForbidden)
                ? Optional.of("must not contain control characters or line breaks")
                : Optional.empty();
    }

    // No-break spaces and zero-width characters are not stripped as white space.
    private static boolean isBlank(int codePoint) {
        return Character.isSpaceChar(codePoint) || Character.getType(codePoint) == Character.FORMAT;
    }

    private static boolean isForbidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            case Character.UNASSIGNED -> !isNewEmoji(codePoint);
            default -> isReordering(codePoint);
        };
    }

    // Embeddings, overrides and isolates: they make a name look like another one.
    private static boolean isReordering(int codePoint) {
        return codePoint >= 0x202A && codePoint <= 0x202E || codePoint >= 0x2066 && codePoint <= 0x2069;
    }

    private static boolean isNewEmoji(int codePoint) {
        return EMOJI_SINCE_UNICODE_14.matcher(Character.toString(codePoint)).matches();
    }
}
