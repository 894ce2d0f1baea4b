package io.latchkey.it;

import io.latchkey.it.ApiClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of the documentation that starts with {@code curl}, sent as curl would send it. */
final class CurlLine {

    private static final Path DOCS = Path.of(System.getProperty("basedir", "."), "src", "docs");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    private final List<String> words;

    private CurlLine(List<String> words) {
        this.words = words;
    }

    /** The only line of that page that starts and ends like this. */
    static CurlLine of(String page, String start, String end, Map<String, String> variables) {
        List<String> found;
        try {
            found = Files.readAllLines(DOCS.resolve(page)).stream()
                    .filter(line -> line.startsWith("curl " + start) && line.endsWith(end))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " lines of " + page + " are curl " + start + " ... " + end);
        }
        String line = found.get(0);
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            line = line.replace("$" + variable.getKey(), variable.getValue());
        }
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(line); word.find(); ) {
            words.add(word.group().replaceAll("^[\"']|[\"']$", ""));
        }
        return new CurlLine(words.subList(1, words.size()));
    }

    Answer run() {
        ApiClient client = new ApiClient("");
        String method = null;
        String type = null;
        String body = null;
        String url = null;
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            switch (word) {
                case "-X" -> method = rest.next();
                case "-H" -> {
                    String[] header = rest.next().split(": ", 2);
                    client = client.with(header[0], header[1]);
                }
                case "-d", "--json" -> {
                    type = word.equals("-d") ? "application/x-www-form-urlencoded" : "application/json";
                    body = rest.next();
                }
                default -> url = word;
            }
        }
        return client.send(method != null ? method : body == null ? "GET" : "POST", url, type, body);
    }
}
