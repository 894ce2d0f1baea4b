package io.latchkey.http;

/** Builds the paths by which violations name a place in a JSON document: {@code owner.name}, {@code scopes[2]}. */
final class FieldPath {
    // The name of an unknown member is its author's: long enough to recognise, too short to make answers heavy.
    private static final int LONGEST_NAME = 64;

    private FieldPath() {}

    static String member(String path, String name) {
        String shown = name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME)) + "...";
        return path.isEmpty() ? shown : path + "." + shown;
    }

    static String item(String path, int index) {
        return path + "[" + Math.max(index, 0) + "]";
    }
}
