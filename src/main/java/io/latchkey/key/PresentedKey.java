package io.latchkey.key;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Represents a text in the format of a key: {@code {brand}_{sk|pk}_[{env}_]{12 id}{32 secret}{6 checksum}}. Such a key
 * need not exist.
 */
public final class PresentedKey {

    /** Request header that carries a key. */
    public static final String HEADER = "X-API-Key";

    /** RFC 8959; its token is the key, and no part of what is stored. Taken in lower case only. */
    static final String URI_SCHEME = "secret-token:";

    static final int RANDOM_LENGTH = KeyId.LENGTH + 32;

    static final int BODY_LENGTH = RANDOM_LENGTH + Checksum.LENGTH;
    private static final int MIN_LENGTH = KeyPrefix.MIN_LENGTH + BODY_LENGTH;
    private static final int MAX_LENGTH = KeyPrefix.MAX_LENGTH + BODY_LENGTH;

    private static final Pattern BEGINNING =
            Pattern.compile("(" + URI_SCHEME + ")?" + KeyPrefix.BRAND + "_(sk|pk)_[^.]*$");

    private final KeyPrefix prefix;
    private final KeyId id;
    private final PlaintextKey secret;

    private PresentedKey(KeyPrefix prefix, String key) {
        int body = key.length() - BODY_LENGTH;
        this.prefix = prefix;
        this.id = new KeyId(key.substring(body, body + KeyId.LENGTH));
        this.secret = new PlaintextKey(key);
    }

    /**
     * The key written as this text; empty when the text (or null) is none. White space around it does not count: keys come out of
     * files and forms with a line end, while HTTP strips headers by itself. Cheapest checks first, because callers
     * may send anything: it reads only the ends before it has checked the length, and builds nothing before the checksum.
     */
    public static Optional<PresentedKey> parse(String text) {
        String stripped = text == null ? "" : text.strip();
        if (stripped.length() > URI_SCHEME.length() + MAX_LENGTH) {
            return Optional.empty();
        }
        String key = stripped.startsWith(URI_SCHEME) ? stripped.substring(URI_SCHEME.length()) : stripped;
        if (key.length() < MIN_LENGTH || key.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int body = key.length() - BODY_LENGTH;
        if (!Base62Alphabet.isDigits(key, body, key.length()) || !Checksum.endsWithChecksum(key)) {
            return Optional.empty();
        }
        return KeyPrefix.parse(key.substring(0, body)).map(prefix -> new PresentedKey(prefix, key));
    }

    /** Whether this text was meant as a key, right or wrong: it begins as keys do, and no other token does. */
    public static boolean isMeant(String text) {
        return text != null && BEGINNING.matcher(text.strip()).lookingAt();
    }

    /** Puts the checksum behind a prefix and its {@link #RANDOM_LENGTH} random characters. */
    static PresentedKey of(KeyPrefix prefix, String random) {
        String unchecked = prefix + random;
        return new PresentedKey(prefix, unchecked + Checksum.of(unchecked));
    }

    public KeyPrefix prefix() {
        return prefix;
    }

    public KeyId id() {
        return id;
    }

    public PlaintextKey secret() {
        return secret;
    }

    /** The preview, which gives nothing away. */
    @Override
    public String toString() {
        return prefix.preview(id);
    }
}
