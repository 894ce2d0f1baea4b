package io.latchkey.keycloak;

import io.latchkey.model.AddressRange;
import io.latchkey.model.CallerAndLastHop;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.quarkus.runtime.configuration.Configuration;

/**
 * Reads the caller's address from the forwarding header of proxies, from the nearest proxy to the farthest trusted one.
 * Keycloak takes the first element, which the caller may have written (26.7: {@code ForwardedParser} of Quarkus 3.33 finds
 * the first {@code for=} and the first element of the first {@code X-Forwarded-For}).
 */
public final class TrustedProxies {

    private static final int MAX_ELEMENTS = 100;
    private static final String FORWARDED = "Forwarded";

    /** Names of headers by the values of Keycloak's option {@code proxy-headers}. */
    private static final Map<String, String> HEADERS = Map.of("forwarded", FORWARDED, "xforwarded", "X-Forwarded-For");

    /** A pair of {@code Forwarded} (RFC 7239) and its separator. A quoted string must be the whole value. */
    private static final Pattern PAIR = Pattern.compile(
            "\\G((?:[^\"\\\\,;]++|(?<==)\"(?:[^\"\\\\]++|\\\\.)*+\"(?=[ \\t;,]|\\z))*+)([,;]|\\z)", Pattern.DOTALL);

    private static final String FOR = "for=";

    /** An address, which some proxies send with the port: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}. */
    private static final Pattern NODE =
            Pattern.compile("\\[(?<six>[0-9A-Fa-f:.]{2,45})](:[0-9]{1,5})?|(?<four>[0-9.]{7,15}):[0-9]{1,5}");

    /** Length that no address with a port exceeds. */
    private static final int MAX_NODE = 64;

    private final Optional<String> headerName;
    private final boolean listed;
    private final List<AddressRange> trusted;

    private TrustedProxies(Optional<String> headerName, boolean listed, List<AddressRange> trusted) {
        this.headerName = headerName;
        this.listed = listed;
        this.trusted = trusted;
    }

    /** By the options of this server. */
    public static TrustedProxies ofServer() {
        return Server.PROXIES;
    }

    /**
     * @param headers the option {@code proxy-headers}
     * @param addresses the option {@code proxy-trusted-addresses}: addresses and CIDR blocks, separated by commas
     */
    static TrustedProxies of(Optional<String> headers, Optional<String> addresses) {
        List<AddressRange> trusted = addresses.stream()
                .flatMap(text -> Stream.of(text.split(",")))
                .map(String::strip)
                .flatMap(text -> AddressRange.around(text).stream())
                .toList();
        // A list of unreadable entries is a list: it trusts no proxy.
        boolean listed = addresses.filter(text -> !text.isBlank()).isPresent();
        return new TrustedProxies(headers.map(option -> HEADERS.get(option.toLowerCase(Locale.ROOT))), listed, trusted);
    }

    /** Whether the server believes the forwarding header of any peer. */
    public boolean trustsEveryPeer() {
        return headerName.isPresent() && !listed;
    }

    /** Name of the header to read; empty if the server believes none. */
    Optional<String> headerName() {
        return headerName;
    }

    /**
     * @param peer literal address of the connection
     * @param lines every value of {@link #headerName()}, in the order in which they arrived
     */
    CallerAndLastHop caller(Optional<String> peer, List<String> lines) {
        Optional<String> nearest = peer.flatMap(AddressRange::single);
        if (headerName.isEmpty() || lines.isEmpty() || !trustsEveryPeer() && !isTrusted(nearest)) {
            return CallerAndLastHop.of(nearest);
        }
        List<Optional<String>> elements =
                lines.stream().flatMap(line -> elements(line).stream()).toList();
        if (elements.size() > MAX_ELEMENTS) {
            return CallerAndLastHop.behind(nearest);
        }
        Optional<String> hop = nearest;
        for (int i = elements.size() - 1; i >= 0; i--) {
            Optional<String> next = elements.get(i);
            if (next.isEmpty()) {
                return CallerAndLastHop.behind(hop);
            }
            if (!isTrusted(next)) {
                return CallerAndLastHop.of(next);
            }
            hop = next;
        }
        // All are proxies, so the farthest one sent the request itself.
        return CallerAndLastHop.of(hop);
    }

    private boolean isTrusted(Optional<String> address) {
        return address.filter(literal -> trusted.stream().anyMatch(range -> range.contains(literal)))
                .isPresent();
    }

    /** The addresses in one line of the header, each empty if it is unreadable. */
    private List<Optional<String>> elements(String line) {
        return headerName.get().equals(FORWARDED)
                ? forwardedElements(line)
                : Stream.of(line.split(",", -1))
                        .map(element -> address(element.strip()))
                        .toList();
    }

    private static List<Optional<String>> forwardedElements(String line) {
        List<Optional<String>> elements = new ArrayList<>();
        List<String> nodes = new ArrayList<>();
        Matcher pair = PAIR.matcher(line);
        while (pair.find()) {
            String text = pair.group(1).strip();
            if (text.regionMatches(true, 0, FOR, 0, FOR.length())) {
                nodes.add(text.substring(FOR.length()).replaceFirst("^\"(.*)\"$", "$1"));
            }
            if (!pair.group(2).equals(";")) {
                // Two addresses in one element are ambiguous.
                elements.add(nodes.size() == 1 ? address(nodes.get(0)) : Optional.empty());
                nodes.clear();
            }
            if (pair.group(2).isEmpty()) {
                return elements;
            }
        }
        // No address of the line is believed, since a caller's open quote would swallow what a trusted proxy appends.
        return List.of(Optional.empty());
    }

    private static Optional<String> address(String node) {
        if (node.length() > MAX_NODE) {
            return Optional.empty();
        }
        Matcher withPort = NODE.matcher(node);
        if (!withPort.matches()) {
            return AddressRange.single(node);
        }
        String four = withPort.group("four");
        return AddressRange.single(four == null ? withPort.group("six") : four);
    }

    /** Read at the first request, because options are settled only when the server runs. */
    private static final class Server {
        static final TrustedProxies PROXIES = of(
                Configuration.getOptionalKcValue("proxy-headers"),
                Configuration.getOptionalKcValue("proxy-trusted-addresses"));
    }
}
