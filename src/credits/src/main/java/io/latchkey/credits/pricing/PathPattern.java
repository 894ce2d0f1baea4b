package io.latchkey.credits.pricing;

import io.latchkey.charging.MethodAndPath;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Matches paths of an API: {@code *} matches one segment, and {@code **} at the end any number of them. A pattern contains no
 * escapes and no query, because a line that can never match would leave its calls to a cheaper one.
 */
record PathPattern(List<String> segments) {

    private static final Pattern WRITTEN = Pattern.compile("(/[^/\\s;,*%?#\\\\]*|/\\*)*(/\\*\\*)?");
    private static final String ONE = "*";
    private static final String REST = "**";

    static Optional<PathPattern> parse(String text) {
        return Optional.of(text)
                .filter(path -> path.startsWith("/") && WRITTEN.matcher(path).matches())
                .map(MethodAndPath::split)
                .filter(PathPattern::isPlain)
                .map(PathPattern::new);
    }

    private static boolean isPlain(List<String> segments) {
        // Only the root has an empty segment.
        return segments.equals(List.of(""))
                || segments.stream().noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    boolean matches(List<String> path) {
        boolean open = segments.get(segments.size() - 1).equals(REST);
        int fixed = open ? segments.size() - 1 : segments.size();
        if (open ? path.size() < fixed : path.size() != fixed) {
            return false;
        }
        for (int i = 0; i < fixed; i++) {
            if (!segments.get(i).equals(ONE) && !segments.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }
}
