package io.latchkey.http;

import io.latchkey.keycloak.PreMatchingRequest;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Mends or refuses requests whose headers or URI Keycloak 26.7 cannot parse, where it would fail with 500.
 *
 * <ul>
 *   <li>A request to Latchkey whose absolute URI is no http or https URI gets 400 ({@code DPoPUtil} parses it). Scheme and host
 *       come from {@code Host} or, where Keycloak trusts the proxy, from headers of the proxy.
 *   <li>{@code Accept} is removed. {@code KeycloakErrorHandler} parses it while it builds an error response.
 *   <li>{@code Content-Type} becomes {@code application/octet-stream}, so that the response is 415. {@code
 *       DefaultSecurityHeadersProvider} parses it after the request.
 * </ul>
 */
@Provider
@PreMatching
@Priority(90)
public final class MalformedRequestFilter implements ContainerRequestFilter {

    // The syntax of Accept (RFC 9110, 12.5.1).
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String WEIGHT = "[qQ]=(?:0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)";
    private static final String PARAMETER = "(?![qQ]=)" + TOKEN + "=(?:" + TOKEN + "|\"[^\"\\\\]*\")";
    private static final String RANGE =
            "(?:\\*/\\*|" + TOKEN + "/" + TOKEN + ")" + "(?:[ \t]*;[ \t]*(?:" + WEIGHT + "|" + PARAMETER + "))*";
    private static final Pattern ACCEPT = Pattern.compile("[ \t]*" + RANGE + "(?:[ \t]*,[ \t]*" + RANGE + ")*[ \t]*");
    private static final int LONGEST_ACCEPT = 1000;

    @Override
    public void filter(ContainerRequestContext request) {
        PreMatchingRequest preMatching = new PreMatchingRequest(request);
        // The cheapest condition first: this runs for every request of the server.
        if (!preMatching.sentPath().contains("/api-keys")) {
            return;
        }
        boolean ours = ErrorResponseFilter.isOurs(preMatching.sentPath());
        if (ours && preMatching.uri().filter(uri -> !isHttp(uri)).isPresent()) {
            request.abortWith(
                    Problem.badRequest("URI", "must be an http or https URI").toResponse());
            return;
        }
        if (ours && !preMatching.headers(HttpHeaders.ACCEPT).stream().allMatch(MalformedRequestFilter::isAccept)) {
            request.getHeaders().remove(HttpHeaders.ACCEPT);
        }
        String type = preMatching.firstHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && !isMediaType(type)) {
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_OCTET_STREAM);
        }
    }

    static boolean isHttp(String uri) {
        try {
            URI parsed = new URI(uri);
            return ("http".equalsIgnoreCase(parsed.getScheme()) || "https".equalsIgnoreCase(parsed.getScheme()))
                    && parsed.getRawAuthority() != null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    static boolean isAccept(String header) {
        return MediaType.WILDCARD.equals(header)
                || header.length() <= LONGEST_ACCEPT && ACCEPT.matcher(header).matches();
    }

    private static boolean isMediaType(String type) {
        try {
            return MediaType.APPLICATION_JSON.equals(type) || MediaType.valueOf(type) != null;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
