package io.latchkey.it;

import io.latchkey.it.ApiClient.Answer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Clicks through Keycloak's pages as far as tests need it. Keeps cookies itself: Keycloak marks its own as {@code Secure}
 * even over plain HTTP on localhost, where browsers send them all the same but Java's cookie manager does not.
 */
final class Browser {

    private static final Pattern FORM = Pattern.compile("<form[^>]*\\saction=\"([^\"]+)\"");
    private static final int LONGEST_WAY = 10;

    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final ApiClient http;

    private final Map<String, String> headers;

    /** @param http sends its headers with every request */
    Browser(ApiClient http) {
        this(http, Map.of());
    }

    /** @param headers sent with every request, as they are at that time */
    Browser(ApiClient http, Map<String, String> headers) {
        this.http = http;
        this.headers = headers;
    }

    /** The page at the end of all redirects within the server, or the redirect that leaves it. */
    Answer open(String path) {
        return follow(remember(client().get(path)));
    }

    /** Sends the first form of a page. */
    Answer submit(Answer page, Map<String, String> fields) {
        Matcher form = FORM.matcher(page.text());
        if (!form.find()) {
            throw new AssertionError("No form on the page (status " + page.status() + "): " + page.text());
        }
        return follow(remember(client().form(path(form.group(1).replace("&amp;", "&")), fields)));
    }

    /** Signs in at the form of that page. */
    Answer signIn(Answer page, String username, String password) {
        return submit(page, Map.of("username", username, "password", password));
    }

    /** Sends an empty JSON request that also says in a header who sends it. */
    Answer post(String path, String header, String value) {
        return remember(client().with(header, value).post(path, Map.of()));
    }

    /** A parameter of the address that an answer redirects to; empty when it has none. */
    static String parameter(Answer redirect, String name) {
        Matcher value = Pattern.compile("[?&#]" + name + "=([^&#]*)").matcher(redirect.header("Location"));
        return value.find() ? value.group(1) : "";
    }

    private ApiClient client() {
        String sent = cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        ApiClient client = sent.isEmpty() ? http : http.with("Cookie", sent);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            client = client.with(header.getKey(), header.getValue());
        }
        return client;
    }

    private Answer follow(Answer first) {
        Answer answer = first;
        for (int i = 0; i < LONGEST_WAY && answer.header("Location").startsWith(LatchkeyServer.url() + "/"); i++) {
            answer = remember(client().get(path(answer.header("Location"))));
        }
        return answer;
    }

    private Answer remember(Answer answer) {
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String pair = cookie.substring(0, (cookie + ";").indexOf(';'));
            String name = pair.substring(0, pair.indexOf('='));
            String value = pair.substring(name.length() + 1);
            if (value.isEmpty()) {
                cookies.remove(name);
            } else {
                cookies.put(name, value);
            }
        }
        return answer;
    }

    private static String path(String address) {
        URI uri = URI.create(address);
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }
}
