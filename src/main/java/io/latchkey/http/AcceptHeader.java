package io.latchkey.http;

import java.util.regex.Pattern;

/** Checks the syntax of an {@code Accept} header (RFC 9110, 12.5.1). */
final class AcceptHeader {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String WEIGHT = "[qQ]=(?:0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)";
    private static final String PARAMETER = "(?![qQ]=)" + TOKEN + "=(?:" + TOKEN + "|\"[^\"\\\\]*\")";
    private static final String RANGE =
            "(?:\\*/\\*|" + TOKEN + "/" + TOKEN + ")" + "(?:[ \t]*;[ \t]*(?:" + WEIGHT + "|" + PARAMETER + "))*";
    private static final Pattern HEADER = Pattern.compile("[ \t]*" + RANGE + "(?:[ \t]*,[ \t]*" + RANGE + ")*[ \t]*");

    private static final String ANYTHING = "*/*";
    private static final int LONGEST = 1000;

    private AcceptHeader() {}

    static boolean isReadable(String header) {
        return ANYTHING.equals(header)
                || header.length() <= LONGEST && HEADER.matcher(header).matches();
    }
}
