package io.latchkey.cache;

import io.latchkey.keycloak.PreMatchingRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Identifies equal requests in the response cache by a salted hash, from which the request cannot be recovered.
 *
 * @param bytes SHA-256 with a salt of this node
 */
record ResponseCacheKey(ByteBuffer bytes) {

    private static final byte[] SALT = new byte[32];

    static {
        // Never generateSeed, which may wait for entropy: this may be the event loop.
        new SecureRandom().nextBytes(SALT);
    }

    /** Empty if URL or sender are unknown: without a Host, or from behind a proxy that does not name the sender. */
    static Optional<ResponseCacheKey> of(PreMatchingRequest request, List<String> headers, byte[] body) {
        return request.uri()
                .flatMap(uri -> request.sender().map(sender -> {
                    List<byte[]> parts = new ArrayList<>(List.of(bytes(request.method()), bytes(uri), bytes(sender)));
                    headers.forEach(header -> parts.add(bytes(String.join("\n", request.headers(header)))));
                    parts.add(body);
                    return of(parts);
                }));
    }

    static ResponseCacheKey of(List<byte[]> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(SALT);
            for (byte[] part : parts) {
                // With their lengths, so that no part can pass for the end of another.
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
                digest.update(part);
            }
            return new ResponseCacheKey(ByteBuffer.wrap(digest.digest()));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
