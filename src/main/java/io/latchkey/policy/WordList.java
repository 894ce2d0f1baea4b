package io.latchkey.policy;

import java.util.Arrays;
import java.util.List;

/** Parses attributes that contain lists of words separated by white space. */
final class WordList {
    private WordList() {}

    static List<String> split(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    static boolean isWord(String text) {
        return split(text).equals(List.of(text));
    }
}
