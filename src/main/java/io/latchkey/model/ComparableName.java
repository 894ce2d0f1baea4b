package io.latchkey.model;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Normalizes names of keys for comparison and search: names that look alike are equal. */
public final class ComparableName {

    /** What the column holds. */
    private static final int LONGEST = 255;

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    /** Only the tags tell the flag of Scotland from that of England. */
    private static final String FLAG_OF_REGION =
            "\\x{1F3F4}[\\x{E0030}-\\x{E0039}\\x{E0061}-\\x{E007A}]{2,6}\\x{E007F}";

    /** Joiners and selectors of emoji sequences, and what names from before this rule may hold. */
    private static final Pattern INVISIBLE =
            Pattern.compile("(" + FLAG_OF_REGION + ")|[\\p{Cf}\\uFE00-\\uFE0F\\x{E0000}-\\x{E0FFF}]+");

    private ComparableName() {}

    /** Ignores case, compatibility forms (NFKC), kinds and number of spaces, and invisible characters. */
    public static String of(String name) {
        String visible = INVISIBLE.matcher(name).replaceAll("$1");
        String spaced = SPACES.matcher(Normalizer.normalize(visible, Normalizer.Form.NFKC))
                .replaceAll(" ");
        // Upper case first: it takes together what lower case alone keeps apart, such as the two forms of a Greek
        // sigma.
        String folded =
                Normalizer.normalize(spaced.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
        return folded.length() <= LONGEST ? folded : cut(folded);
    }

    /** One character can become 18. */
    private static String cut(String text) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }
}
