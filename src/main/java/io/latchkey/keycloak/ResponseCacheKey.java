package io.latchkey.keycloak;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;

/**
 * Identifies equal requests in the response cache by a salted hash, from which the request cannot be recovered.
 *
 * @param bytes SHA-256 with a salt of this node
 */
record ResponseCacheKey(ByteBuffer bytes) {

    private static final byte[] SALT = salt();

    /** @param parts each may be of any length, zero as well */
    static ResponseCacheKey of(List<byte[]> parts) {
        MessageDigest digest = sha256();
        digest.update(SALT);
        for (byte[] part : parts) {
            // With their lengths, so that no part can pass for the end of another.
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
            digest.update(part);
        }
        return new ResponseCacheKey(ByteBuffer.wrap(digest.digest()));
    }

    // Compared at every request, and written out for the reason that UsageCounterId gives.
    @Override
    public boolean equals(Object other) {
        return other instanceof ResponseCacheKey question && bytes.equals(question.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    /** Never {@code generateSeed}, which may wait for entropy: this may be the event loop. */
    private static byte[] salt() {
        byte[] salt = new byte[32];
        new SecureRandom().nextBytes(salt);
        return salt;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
