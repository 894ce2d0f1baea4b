package io.latchkey.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Represents a web origin as the {@code Origin} header names it (RFC 6454): scheme, host and port.
 *
 * @param text in lower case, without the port that goes without saying
 */
public record WebOrigin(String text) {

    /** What is wrong with text that is no origin. */
    public static final String FAULT =
            "must be an origin such as https://app.example.org, without path, final slash or wildcard";

    private static final int LONGEST = 255;
    private static final int HIGHEST_PORT = 65_535;

    /** Empty unless the text is an http or https origin with nothing behind it. */
    public static Optional<WebOrigin> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text.toLowerCase(Locale.ROOT));
            boolean bare = uri.getHost() != null
                    && hasGoodPort(uri)
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            return bare && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    ? Optional.of(new WebOrigin(uri.getScheme() + "://" + uri.getHost() + port(uri)))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean hasGoodPort(URI uri) {
        return uri.getPort() < 0
                ? !uri.getRawAuthority().endsWith(":")
                : uri.getPort() > 0 && uri.getPort() <= HIGHEST_PORT;
    }

    private static String port(URI uri) {
        int usual = "https".equals(uri.getScheme()) ? 443 : 80;
        return uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
    }

    @Override
    public String toString() {
        return text;
    }
}
