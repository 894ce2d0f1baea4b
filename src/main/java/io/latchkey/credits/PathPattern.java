package io.latchkey.credits;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Paths of an API: {@code *} stands for one segment, and {@code **} at the end for any number of them. Written as they are meant, with
 * nothing escaped and without a query: what could never fit would leave dear calls to a cheaper line.
 */
record PathPattern(List<String> segments) {

    private static final Pattern WRITTEN = Pattern.compile("(/[^/\\s;,*%?#\\\\]*|/\\*)*(/\\*\\*)?");
    private static final String ONE = "*";
    private static final String REST = "**";

    static Optional<PathPattern> parse(String text) {
        return Optional.of(text)
                .filter(path -> path.startsWith("/") && WRITTEN.matcher(path).matches())
                .map(PathPattern::split)
                .filter(PathPattern::isPlain)
                .map(PathPattern::new);
    }

    /** Without the slash that may end a path and makes no other of it for most servers. */
    static List<String> split(String path) {
        String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return List.of(plain.substring(1).split("/", -1));
    }

    private static boolean isPlain(List<String> segments) {
        // Nothing but the root is empty.
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
