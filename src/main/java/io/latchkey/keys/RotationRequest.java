package io.latchkey.keys;

import io.latchkey.key.KeyId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Describes a requested rotation.
 *
 * @param gracePeriod how long the old key stays alive, one of {@link #GRACE_PERIODS}
 * @param endOnFirstUse whether the old key ends as soon as the new one is used
 * @param idempotencyKey value of the {@code Idempotency-Key} header
 */
public record RotationRequest(Duration gracePeriod, boolean endOnFirstUse, Optional<String> idempotencyKey) {

    /** Now, an hour, a day, a week. */
    public static final List<Duration> GRACE_PERIODS =
            List.of(Duration.ZERO, Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7));

    public static final Duration DEFAULT_GRACE_PERIOD = Duration.ofDays(1);

    private static final int HALF = 32;

    /** Identifies this request among those for one key: half of it the caller's key, half of it what was asked. */
    Optional<String> requestHash(KeyId key) {
        return idempotencyKey.map(text -> hash(key + " " + text) + hash(gracePeriod + " " + endOnFirstUse));
    }

    /** Whether both hashes come from the same {@code Idempotency-Key}, whatever else was asked. */
    static boolean sameIdempotencyKey(String left, String right) {
        return left.regionMatches(0, right, 0, HALF);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HALF);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
