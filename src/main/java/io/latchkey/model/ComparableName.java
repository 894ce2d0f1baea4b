package io.latchkey.model;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Normalizes names of keys for comparison and search: names that look alike are equal. */
public final class ComparableName {

    /** What the column holds. */
    private static final int LONGEST = 255;

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    /** Only the tags distinguish the flags of England, Scotland and Wales. Those of any other region are invisible. */
    private static final String FLAG_OF_REGION = "\\x{1F3F4}\\x{E0067}\\x{E0062}(?:\\x{E0065}\\x{E006E}\\x{E0067}"
            + "|\\x{E0073}\\x{E0063}\\x{E0074}|\\x{E0077}\\x{E006C}\\x{E0073})\\x{E007F}";

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
