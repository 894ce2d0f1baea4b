package io.latchkey.http;

import java.util.Optional;

/** One line of text from outside: any language, emoji and markup as they are, but nothing that breaks a line or a log. */
public final class SingleLineText {
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
            case Character.UNASSIGNED -> !isFuturePictograph(codePoint);
            default -> isReordering(codePoint);
        };
    }

    // Embeddings, overrides and isolates: they make a name look like another one.
    private static boolean isReordering(int codePoint) {
        return codePoint >= 0x202A && codePoint <= 0x202E || codePoint >= 0x2066 && codePoint <= 0x2069;
    }

    // Unicode keeps these for pictographs, and phones send new emoji years before a JVM knows them.
    private static boolean isFuturePictograph(int codePoint) {
        return codePoint >= 0x1F000 && codePoint <= 0x1FAFF;
    }
}
