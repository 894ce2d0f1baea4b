package io.latchkey.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Hashes keys and compares them with stored hashes. One fast hash suffices: a key has 190 random bits, unlike a password.
 * Thread-safe: every call creates its own {@link Mac}.
 */
public final class KeyHasher {

    /** How a key compares with a stored hash. */
    public enum Match {
        /** Another key, or a hash whose pepper is gone. */
        NO,
        YES,
        /** The right key, whose hash is not of the newest pepper: store {@link KeyHasher#hash} of it instead. */
        STALE
    }

    private final Peppers peppers;
    private final KeyHash nobodys;

    public KeyHasher(Peppers peppers) {
        this.peppers = peppers;
        this.nobodys = new KeyHash(peppers.newest(), "0".repeat(KeyHash.HEX_LENGTH));
    }

    /** The hash to store, with the newest pepper. */
    public KeyHash hash(PlaintextKey secret) {
        int version = peppers.newest();
        return new KeyHash(version, HexFormat.of().formatHex(digest(secret, version)));
    }

    /** Compares in constant time. */
    public Match match(PlaintextKey secret, KeyHash stored) {
        if (!knows(stored.pepperVersion())) {
            return matchNothing(secret);
        }
        byte[] expected = HexFormat.of().parseHex(stored.hex());
        if (!MessageDigest.isEqual(expected, digest(secret, stored.pepperVersion()))) {
            return Match.NO;
        }
        return stored.pepperVersion() == peppers.newest() ? Match.YES : Match.STALE;
    }

    /** Costs what {@link #match} costs and answers no: for unknown ids, which the time taken must not give away. */
    public Match matchNothing(PlaintextKey secret) {
        match(secret, nobodys);
        return Match.NO;
    }

    /** Whether hashes of this version can be compared at all. */
    public boolean knows(int version) {
        return version == Peppers.PLAIN || peppers.key(version).isPresent();
    }

    private byte[] digest(PlaintextKey secret, int version) {
        byte[] text = secret.reveal().getBytes(StandardCharsets.UTF_8);
        try {
            return version == Peppers.PLAIN
                    ? MessageDigest.getInstance("SHA-256").digest(text)
                    : hmac(peppers.key(version).orElseThrow(), text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256 and HMAC-SHA-256, but this one", e);
        }
    }

    private static byte[] hmac(SecretKey pepper, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(Peppers.ALGORITHM);
        mac.init(pepper);
        return mac.doFinal(text);
    }
}
