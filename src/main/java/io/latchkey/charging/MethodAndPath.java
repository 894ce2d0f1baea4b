package io.latchkey.charging;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds the HTTP method and the path segments of an API call, by which a price list determines its price.
 *
 * @param path as segments; empty if it is unknown, or if the API may read another path from it than the provider
 */
public record MethodAndPath(Optional<String> method, Optional<List<String>> path) {

    public static final MethodAndPath UNKNOWN = new MethodAndPath(Optional.empty(), Optional.empty());

    /** @param target path of a request as it was sent, with or without query */
    public static MethodAndPath of(Optional<String> method, Optional<String> target) {
        return new MethodAndPath(
                method.map(name -> name.toUpperCase(Locale.ROOT)),
                target.map(MethodAndPath::withoutQuery).flatMap(MethodAndPath::segments));
    }

    private static String withoutQuery(String target) {
        int end = target.indexOf('?');
        return end < 0 ? target : target.substring(0, end);
    }

    private static Optional<List<String>> segments(String sent) {
        if (!sent.startsWith("/")) {
            return Optional.empty();
        }
        try {
            // URLDecoder reads a plus as a space.
            String path = URLDecoder.decode(sent.replace("+", "%2B"), StandardCharsets.UTF_8);
            boolean sameCut = slashes(path) == slashes(sent);
            return Optional.of(path)
                    .filter(plain -> sameCut && isUnambiguous(plain))
                    .map(MethodAndPath::split);
        } catch (IllegalArgumentException brokenEscape) {
            return Optional.empty();
        }
    }

    /** Splits a path into segments, without a trailing slash, which most servers ignore. */
    public static List<String> split(String path) {
        String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return List.of(plain.substring(1).split("/", -1));
    }

    private static long slashes(String path) {
        return path.chars().filter(character -> character == '/').count();
    }

    /** Whether all servers read this path in the same way. */
    private static boolean isUnambiguous(String path) {
        return !path.contains("//")
                && !path.contains(";")
                && !path.contains("\\")
                && !path.contains("%")
                // Some servers end a path there.
                && !path.contains("#")
                && !path.contains("?")
                // Bytes that are not UTF-8.
                && !path.contains("\uFFFD")
                && path.chars().noneMatch(Character::isISOControl)
                && split(path).stream()
                        .noneMatch(part -> part.equals(".") || part.equals("..") || !part.equals(part.strip()));
    }
}
