package io.latchkey.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A request of {@code untouched/requests.http} and the status that Keycloak answers it with. */
record RecordedRequest(String name, int status, String head, String body) {

    private static final String LARGE = "x".repeat(100 * 1024);

    static List<RecordedRequest> all() {
        try (InputStream file = RecordedRequest.class.getResourceAsStream("/untouched/requests.http")) {
            String text = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
            return Arrays.stream(text.split("(?m)^### "))
                    .filter(part -> !part.isBlank())
                    .map(RecordedRequest::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code <status> <name>}, the request line and its headers, and after an empty line the body, if any. */
    private static RecordedRequest parse(String text) {
        String[] title = text.lines().findFirst().orElseThrow().split(" ", 2);
        String[] request = text.substring(text.indexOf('\n') + 1).strip().split("\n\n", 2);
        return new RecordedRequest(
                title[1], Integer.parseInt(title[0]), request[0], request.length > 1 ? request[1] : "");
    }

    /**
     * What goes over the wire. The host is the same whoever is asked: Keycloak takes issuer and links from it, and so needs
     * no replacing in answers. The connection is not kept, so that an answer is whatever comes until its end.
     *
     * @param placeholders what stands for each name in braces
     */
    byte[] bytes(Map<String, String> placeholders) {
        String content = filled(body, placeholders);
        String text =
                filled(head, placeholders).replace("\n", "\r\n") + "\r\nHost: localhost:8080\r\nConnection: close\r\n";
        if (!content.isEmpty()) {
            text += "Content-Length: " + content.length() + "\r\n";
        }
        return (text + "\r\n" + content).getBytes(StandardCharsets.US_ASCII);
    }

    private static String filled(String text, Map<String, String> placeholders) {
        String filled = text.replace("{large}", LARGE);
        for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
            filled = filled.replace("{" + placeholder.getKey() + "}", placeholder.getValue());
        }
        return filled;
    }

    @Override
    public String toString() {
        return name;
    }
}
