package io.latchkey.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes entity tags from a version number and evaluates {@code If-Match} (RFC 9110, 8.8.3 and 13.1.1). */
public final class ETags {
    // Each tag ends at a comma or at the end; a comma within quotes belongs to the tag.
    private static final Pattern TAG =
            Pattern.compile("\\G[ \\t,]*(W/)?(\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\")[ \\t]*(?=,|$)");

    private ETags() {}

    /** The strong tag of a version, quotes included. */
    public static String of(int version) {
        return "\"" + version + "\"";
    }

    /**
     * Whether a change may go ahead. Without the header it may. A weak tag matches nothing, and what cannot be read matches
     * nothing either.
     */
    public static boolean matches(Optional<String> ifMatch, int version) {
        return ifMatch.map(header -> header.strip().equals("*") || lists(header, of(version)))
                .orElse(true);
    }

    private static boolean lists(String header, String strongTag) {
        Matcher tags = TAG.matcher(header);
        boolean listed = false;
        int end = 0;
        while (tags.find()) {
            listed |= tags.group(1) == null && tags.group(2).equals(strongTag);
            end = tags.end();
        }
        return listed && header.substring(end).chars().allMatch(c -> c == ' ' || c == '\t' || c == ',');
    }
}
