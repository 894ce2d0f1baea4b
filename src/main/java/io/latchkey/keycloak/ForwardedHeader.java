package io.latchkey.keycloak;

import io.latchkey.model.AddressRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the headers in which proxies name the caller's address, by the values of Keycloak's option {@code proxy-headers}. */
enum ForwardedHeader {

    /** RFC 7239. */
    FORWARDED("Forwarded") {
        @Override
        List<Optional<String>> elements(String line, int most) {
            return isReadable(line)
                    ? split(line, ',', most).stream().map(this::address).toList()
                    : List.of(Optional.empty());
        }

        private Optional<String> address(String element) {
            List<String> said = split(element, ';', element.length()).stream()
                    .map(String::strip)
                    .filter(pair -> pair.regionMatches(true, 0, FOR, 0, FOR.length()))
                    .map(pair -> unquoted(pair.substring(FOR.length())))
                    .toList();
            // Said twice, it could be read in two ways.
            return said.size() == 1 ? node(said.get(0)) : Optional.empty();
        }
    },

    XFORWARDED("X-Forwarded-For") {
        @Override
        List<Optional<String>> elements(String line, int most) {
            return Arrays.stream(line.split(",", most))
                    .map(element -> node(element.strip()))
                    .toList();
        }
    };

    private static final String FOR = "for=";

    /** An address, which some proxies send with the port: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}. */
    private static final Pattern NODE =
            Pattern.compile("\\[(?<six>[0-9A-Fa-f:.]{2,45})](:[0-9]{1,5})?|(?<four>[0-9.]{7,15}):[0-9]{1,5}");

    /** No address with a port is longer. */
    private static final int LONGEST = 64;

    private final String headerName;

    ForwardedHeader(String headerName) {
        this.headerName = headerName;
    }

    static Optional<ForwardedHeader> of(String option) {
        return Arrays.stream(values())
                .filter(header -> header.name().equalsIgnoreCase(option))
                .findFirst();
    }

    String headerName() {
        return headerName;
    }

    /**
     * The addresses in one line, in its order; after so many the rest is left out. A line that cannot be read is one element
     * without an address, since a caller's open quote would swallow what a trusted proxy appends.
     */
    abstract List<Optional<String>> elements(String line, int most);

    /** Whether every quoted string of a line is a whole value, so that no separator can belong to two elements. */
    private static boolean isReadable(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char at = line.charAt(i);
            if (at == '\\') {
                if (!quoted) {
                    return false;
                }
                i++;
            } else if (at == '"') {
                boolean fits = quoted
                        ? i + 1 == line.length() || " \t;,".indexOf(line.charAt(i + 1)) >= 0
                        : i > 0 && line.charAt(i - 1) == '=';
                if (!fits) {
                    return false;
                }
                quoted = !quoted;
            }
        }
        return !quoted;
    }

    /** Splits a readable text at separators outside of quoted strings. */
    private static List<String> split(String text, char separator, int most) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length() && parts.size() < most; i++) {
            char at = text.charAt(i);
            if (at == '"') {
                quoted = !quoted;
            } else if (quoted && at == '\\') {
                i++;
            } else if (!quoted && at == separator) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        if (parts.size() < most) {
            parts.add(text.substring(start));
        }
        return parts;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static Optional<String> node(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher withPort = NODE.matcher(text);
        if (!withPort.matches()) {
            return AddressRange.single(text);
        }
        String four = withPort.group("four");
        return AddressRange.single(four == null ? withPort.group("six") : four);
    }
}
