package io.latchkey.key;

import java.util.Base64;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Holds the installation's versioned peppers for stored hashes, so that a stolen database alone does not verify a key. New
 * keys use the highest version; older ones stay for rows that still use them.
 */
public final class Peppers {

    /** The version of hashes made without any pepper. */
    public static final int PLAIN = 0;

    static final String ALGORITHM = "HmacSHA256";

    private static final int MIN_BYTES = 16;
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}");

    private final NavigableMap<Integer, SecretKey> byVersion;

    private Peppers(NavigableMap<Integer, SecretKey> byVersion) {
        this.byVersion = byVersion;
    }

    /** No pepper at all: keys are hashed with plain SHA-256. */
    public static Peppers none() {
        return new Peppers(new TreeMap<>());
    }

    /**
     * Reads {@code version:base64} entries, separated by white space.
     *
     * @throws IllegalArgumentException if there is no entry, or one is malformed; the message never quotes the text
     */
    public static Peppers parse(String text) {
        NavigableMap<Integer, SecretKey> byVersion = new TreeMap<>();
        String[] entries = text.strip().split("\\s+");
        for (int i = 0; i < entries.length; i++) {
            String[] parts = entries[i].split(":", 2);
            if (parts.length != 2 || !VERSION.matcher(parts[0]).matches()) {
                throw new IllegalArgumentException("Pepper entry " + (i + 1) + " of " + entries.length
                        + " is not version:base64 with a version from 1 to 999999999");
            }
            int version = Integer.parseInt(parts[0]);
            if (byVersion.put(version, key(version, parts[1])) != null) {
                throw new IllegalArgumentException("Pepper version " + version + " is given more than once");
            }
        }
        return new Peppers(byVersion);
    }

    private static SecretKey key(int version, String base64) {
        if (version <= PLAIN) {
            throw new IllegalArgumentException("Pepper version " + version + " is less than 1");
        }
        byte[] bytes = decode(version, base64);
        if (bytes.length < MIN_BYTES) {
            throw new IllegalArgumentException("Pepper version " + version + " has " + bytes.length
                    + " bytes; at least " + MIN_BYTES + " are needed");
        }
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    private static byte[] decode(int version, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException quotesTheText) {
            throw new IllegalArgumentException("Pepper version " + version + " is not base64");
        }
    }

    /** The version that new hashes get; {@link #PLAIN} when there is no pepper. */
    public int newest() {
        return byVersion.isEmpty() ? PLAIN : byVersion.lastKey();
    }

    Optional<SecretKey> key(int version) {
        return Optional.ofNullable(byVersion.get(version));
    }

    @Override
    public String toString() {
        return "Peppers" + byVersion.keySet() + "[redacted]";
    }
}
