package io.latchkey.key;

import java.util.Arrays;
import java.util.Optional;

/** Lists the kinds of key: secret and publishable. */
public enum KeyKind {
    /** For servers only; stands for its owner. */
    SECRET("sk", "secret"),
    /** May sit in a browser; tied to origins and without the owner's roles. */
    PUBLISHABLE("pk", "publishable");

    private final String tag;
    private final String label;

    KeyKind(String tag, String label) {
        this.tag = tag;
        this.label = label;
    }

    /** How a key says it: {@code sk} or {@code pk}. */
    public String tag() {
        return tag;
    }

    /** How settings and REST say it: {@code secret} or {@code publishable}. */
    public String label() {
        return label;
    }

    public static Optional<KeyKind> ofTag(String tag) {
        return Arrays.stream(values()).filter(kind -> kind.tag.equals(tag)).findFirst();
    }

    public static Optional<KeyKind> ofLabel(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }
}
