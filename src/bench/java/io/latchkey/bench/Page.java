package io.latchkey.bench;

import io.latchkey.server.ServerFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes figures into a documentation page, between the two comments of their kind. */
record Page(Path file) {

    /** Prints the text, and puts it where the page has the last one of that name. */
    void show(String name, String text) {
        System.out.println(System.lineSeparator() + text);
        String begin = "<!-- bench:" + name + " -->\n";
        String end = "<!-- /bench:" + name + " -->";
        try {
            String page = Files.readString(file);
            int from = page.indexOf(begin);
            int to = page.indexOf(end);
            if (from < 0 || to < from) {
                throw new ServerFailure(file + " has no place for figures named " + name);
            }
            Files.writeString(
                    file, page.substring(0, from) + begin + "\n" + text.strip() + "\n\n" + page.substring(to));
        } catch (IOException e) {
            throw new ServerFailure("Could not write " + file + ": " + e.getMessage(), e);
        }
    }
}
