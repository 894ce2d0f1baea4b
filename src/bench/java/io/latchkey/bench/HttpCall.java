package io.latchkey.bench;

import io.latchkey.it.ApiClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Describes one request and the right response to it. In lists of requests {@code {key}} and {@code {n}} stand for a line of
 * a file and its number.
 *
 * @param body empty for none
 * @param text what the body of the answer contains; empty for anything
 * @param keys the key of each request; empty where all requests are the same
 */
record HttpCall(
        String method,
        String path,
        Map<String, String> headers,
        String body,
        int status,
        String text,
        Optional<DrawnKeys> keys) {

    static HttpCall get(String path) {
        return new HttpCall("GET", path, Map.of(), "", 200, "", Optional.empty());
    }

    static HttpCall json(String path, String body) {
        return new HttpCall("POST", path, Map.of("Content-Type", "application/json"), body, 200, "", Optional.empty());
    }

    static HttpCall form(String path, String body) {
        return new HttpCall(
                "POST",
                path,
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                body,
                200,
                "",
                Optional.empty());
    }

    HttpCall with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpCall(method, path, more, body, status, text, keys);
    }

    HttpCall expecting(int otherStatus, String otherText) {
        return new HttpCall(method, path, headers, body, otherStatus, otherText, keys);
    }

    /** The same call with another key each time, in the place of {@code {key}}. */
    HttpCall with(DrawnKeys drawn) {
        return new HttpCall(method, path, headers, body, status, text, Optional.of(drawn));
    }

    /** What is wrong with the answer to this call made once; empty when nothing is. */
    String fault(String base) {
        ApiClient client = new ApiClient(base);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            client = client.with(header.getKey(), filled(header.getValue()));
        }
        ApiClient.Answer answer = client.send(method, path, null, body.isEmpty() ? null : filled(body));
        return answer.status() == status && answer.text().contains(text)
                ? ""
                : answer.status() + " instead of " + status + ": " + answer.text();
    }

    private String filled(String pattern) {
        return keys.map(drawn -> pattern.replace("{key}", drawn.first())).orElse(pattern);
    }
}
