package io.latchkey.http;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks text in requests: one line without control characters, in any language. Names and descriptions also get Unicode
 * normalization form C and have no invisible characters, so that texts that look alike are equal. Emoji sequences keep
 * their joiners and selectors.
 */
public final class TextRules {

    private static final Pattern SPACE_AROUND = Pattern.compile("^[\\s\\p{Z}]+|[\\s\\p{Z}]+$");

    // Unicode Technical Standard 51: what has an emoji form. Java 17 has no property for it.
    private static final String EMOJI =
            "[\\u00A9\\u00AE\\u203C\\u2049\\u2122\\u2139\\u2194-\\u21AA\\u231A-\\u23FF\\u24C2"
                    + "\\u25AA-\\u25FE\\u2600-\\u27BF\\u2934\\u2935\\u2B05-\\u2B55\\u3030\\u303D\\u3297\\u3299\\x{1F000}-\\x{1FAFF}]";
    private static final String ELEMENT = EMOJI + "[\\uFE0E\\uFE0F\\x{1F3FB}-\\x{1F3FF}]?";
    private static final String KEYCAP = "[0-9#*]\\uFE0F\\u20E3";
    /** England, Scotland and Wales. With the tags of any other region the flag looks as without. */
    private static final String FLAG_OF_REGION = "\\x{1F3F4}\\x{E0067}\\x{E0062}(?:\\x{E0065}\\x{E006E}\\x{E0067}"
            + "|\\x{E0073}\\x{E0063}\\x{E0074}|\\x{E0077}\\x{E006C}\\x{E0073})\\x{E007F}";

    private static final Pattern EMOJI_SEQUENCE =
            Pattern.compile(KEYCAP + "|" + FLAG_OF_REGION + "|" + ELEMENT + "(\\u200D" + ELEMENT + ")*");

    /**
     * Characters without a shape:
     *
     * <ul>
     *   <li>Unicode's Default_Ignorable_Code_Point, which Java has no property for, as far as it is not in Cf
     *   <li>fillers and blanks that Unicode counts among letters, marks or symbols: Braille blank, object replacement character,
     *       musical null notehead, Khitan filler, Egyptian blanks
     *   <li>private use (Co), which looks different in every font
     *   <li>format characters (Cf), except the few of Arabic, Syriac and Kaithi that are signs
     * </ul>
     */
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800\\u3164"
                    + "\\uFE00-\\uFE0F\\uFFA0\\uFFF0-\\uFFFC\\x{13441}\\x{13442}\\x{16FE4}\\x{1D159}\\x{E0000}-\\x{E0FFF}\\p{Co}"
                    + "[\\p{Cf}&&[^\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\x{110BD}\\x{110CD}]]]");

    /** The emoji of Unicode 14 to 17: phones send them, and Java 17 knows Unicode 13 only. */
    private static final Pattern EMOJI_SINCE_UNICODE_14 =
            Pattern.compile("[\\x{1F6D8}\\x{1F6DC}-\\x{1F6DF}\\x{1F7F0}\\x{1F979}\\x{1F9CC}\\x{1FA75}-\\x{1FA77}"
                    + "\\x{1FA7B}\\x{1FA7C}\\x{1FA87}-\\x{1FA8A}\\x{1FA8E}\\x{1FA8F}\\x{1FAA9}-\\x{1FAAF}"
                    + "\\x{1FAB7}-\\x{1FABF}\\x{1FAC3}-\\x{1FAC6}\\x{1FAC8}\\x{1FACD}-\\x{1FACF}"
                    + "\\x{1FAD7}-\\x{1FADC}\\x{1FADF}-\\x{1FAEA}\\x{1FAEF}-\\x{1FAF8}]");

    private TextRules() {}

    /** What is wrong with stripped text, if anything. Lengths are in code points. */
    public static Optional<String> lineFault(String text, int min, int max) {
        int length = text.codePointCount(0, text.length());
        if (length < min || length > max) {
            return Optional.of("must have " + min + " to " + max + " characters");
        }
        boolean invisible = length > 0 && text.codePoints().allMatch(TextRules::isBlank);
        if (invisible) {
            return Optional.of("must not be blank");
        }
        return text.codePoints().anyMatch(TextRules::isForbidden)
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

    /** The text as it is stored. */
    static String normalize(String text) {
        return SPACE_AROUND
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFC))
                .replaceAll("");
    }

    /** What is wrong with normalized text that people write for people, if anything: it has no invisible characters either. */
    static Optional<String> freeTextFault(String text, int min, int max) {
        return lineFault(text, min, max)
                .or(() -> hasInvisible(text) ? Optional.of("must not contain invisible characters") : Optional.empty());
    }

    private static boolean hasInvisible(String text) {
        return INVISIBLE.matcher(EMOJI_SEQUENCE.matcher(text).replaceAll("")).find();
    }
}
