package io.latchkey.http;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Normalizes and checks names and descriptions: one line, Unicode normalization form C, no invisible characters, so that
 * texts that look alike are equal. Emoji sequences keep their joiners and selectors.
 */
final class FreeText {

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

    private FreeText() {}

    /** The text as it is stored. */
    static String normalize(String text) {
        return SPACE_AROUND
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFC))
                .replaceAll("");
    }

    /** What is wrong with normalized text, if anything. Lengths are in code points. */
    static Optional<String> fault(String text, int min, int max) {
        return SingleLineText.fault(text, min, max)
                .or(() -> hasInvisible(text) ? Optional.of("must not contain invisible characters") : Optional.empty());
    }

    private static boolean hasInvisible(String text) {
        return INVISIBLE.matcher(EMOJI_SEQUENCE.matcher(text).replaceAll("")).find();
    }
}
