package io.latchkey.it;

import io.latchkey.it.ApiClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A {@code curl} line of the documentation, run in a shell as its readers run it. */
record CurlLine(String text) {

    private static final Path DOCS = Path.of("src", "docs");
    private static final Pattern LINE = Pattern.compile("^curl (?:[^\\n]*\\\\\\n)*[^\\n]*$", Pattern.MULTILINE);

    /** All of that page, in their order; one that a backslash continues is one. */
    static List<CurlLine> of(String page) {
        try {
            return LINE.matcher(Files.readString(DOCS.resolve(page)))
                    .results()
                    .map(line -> new CurlLine(line.group()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only one of that page that starts and ends like this. */
    static CurlLine of(String page, String start, String end) {
        List<CurlLine> found = of(page).stream()
                .filter(line -> line.text.startsWith("curl " + start) && line.text.endsWith(end))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " lines of " + page + " are curl " + start + " ... " + end);
        }
        return found.get(0);
    }

    /** @param variables for the places that readers fill in */
    Answer run(Map<String, String> variables) {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", text.replaceFirst("curl ", "curl -sSi "))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        shell.environment().putAll(variables);
        try {
            String output = new String(shell.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String[] parts = output.split("\r\n\r\n", 2);
            String[] head = parts[0].split("\r\n");
            return new Answer(Integer.parseInt(head[0].split(" ")[1]), headers(head), parts[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpHeaders headers(String[] head) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 1; i < head.length; i++) {
            String[] header = head[i].split(": ?", 2);
            headers.computeIfAbsent(header[0], name -> new ArrayList<>()).add(header[1]);
        }
        return HttpHeaders.of(headers, (name, value) -> true);
    }
}
