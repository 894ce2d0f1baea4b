package io.latchkey.keycloak;

import io.latchkey.model.AddressRange;
import io.latchkey.model.CallerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.quarkus.runtime.configuration.Configuration;

/**
 * Reads the caller's address from what proxies say about it, from the nearest proxy to the farthest trusted one. Keycloak takes the first
 * element, which the caller may have written (26.7: {@code ForwardedParser} of Quarkus 3.33 finds the first {@code for=} and the first
 * element of the first {@code X-Forwarded-For}).
 */
public final class TrustedProxies {

    private static final int MOST_ELEMENTS = 100;

    private final Optional<ForwardedHeader> header;
    private final boolean listed;
    private final List<AddressRange> trusted;

    private TrustedProxies(Optional<ForwardedHeader> header, boolean listed, List<AddressRange> trusted) {
        this.header = header;
        this.listed = listed;
        this.trusted = trusted;
    }

    /** What the options of this server say. */
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
        // An entry that cannot be read names no proxy, but it is a list.
        boolean listed = addresses.filter(text -> !text.isBlank()).isPresent();
        return new TrustedProxies(headers.flatMap(ForwardedHeader::of), listed, trusted);
    }

    /** Whether the server believes a forwarding header of anybody who reaches it. */
    public boolean trustsAnybody() {
        return header.isPresent() && !listed;
    }

    /** Name of the header to read; empty when none is believed. */
    Optional<String> headerName() {
        return header.map(ForwardedHeader::headerName);
    }

    /**
     * @param peer literal address of the connection
     * @param lines every value of {@link #headerName()}, in the order in which they arrived
     */
    CallerAddress caller(Optional<String> peer, List<String> lines) {
        Optional<String> nearest = peer.flatMap(AddressRange::single);
        boolean silent = header.isEmpty() || lines.isEmpty() || !trustsAnybody() && !isTrusted(nearest);
        return silent ? CallerAddress.of(nearest) : behind(nearest, elements(lines));
    }

    private List<Optional<String>> elements(List<String> lines) {
        List<Optional<String>> elements = new ArrayList<>();
        for (String line : lines) {
            elements.addAll(header.get().elements(line, MOST_ELEMENTS + 1));
            if (elements.size() > MOST_ELEMENTS) {
                return elements;
            }
        }
        return elements;
    }

    private CallerAddress behind(Optional<String> peer, List<Optional<String>> elements) {
        if (elements.size() > MOST_ELEMENTS) {
            return CallerAddress.behind(peer);
        }
        Optional<String> hop = peer;
        for (int i = elements.size() - 1; i >= 0; i--) {
            Optional<String> next = elements.get(i);
            if (next.isEmpty()) {
                return CallerAddress.behind(hop);
            }
            if (!isTrusted(next)) {
                return CallerAddress.of(next);
            }
            hop = next;
        }
        // Proxies all the way: the farthest has sent the request itself.
        return CallerAddress.of(hop);
    }

    private boolean isTrusted(Optional<String> address) {
        return address.filter(literal -> trusted.stream().anyMatch(range -> range.contains(literal)))
                .isPresent();
    }

    /** Read at the first request: options are settled only when the server runs. */
    private static final class Server {
        static final TrustedProxies PROXIES = of(
                Configuration.getOptionalKcValue("proxy-headers"),
                Configuration.getOptionalKcValue("proxy-trusted-addresses"));
    }
}
