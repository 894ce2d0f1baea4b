package io.latchkey.credits.ledger;

import io.latchkey.model.CreditAmount;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Identifies a reservation of credits on all nodes: it contains the node that made it and the ledger row, so that any
 * node can settle it.
 *
 * @param node start of the node that made the reservation
 * @param creditId ledger row
 * @param secret random part, which cannot be guessed
 */
public record ReservationId(String node, String creditId, CreditAmount amount, UUID secret) {

    private static final int BYTES = 48;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final SecureRandom RANDOM = new SecureRandom();

    public static ReservationId next(String node, String creditId, CreditAmount amount) {
        return new ReservationId(node, creditId, amount, new UUID(RANDOM.nextLong(), RANDOM.nextLong()));
    }

    /** Creates a random id for one start of a node. */
    public static String newNode() {
        return ENCODER.encodeToString(
                ByteBuffer.allocate(Long.BYTES).putLong(RANDOM.nextLong()).array());
    }

    public static Optional<ReservationId> parse(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(DECODER.decode(text));
            if (bytes.remaining() != BYTES) {
                return Optional.empty();
            }
            byte[] node = new byte[Long.BYTES];
            bytes.get(node);
            String creditId = new UUID(bytes.getLong(), bytes.getLong()).toString();
            ReservationId id = new ReservationId(
                    ENCODER.encodeToString(node),
                    creditId,
                    new CreditAmount(bytes.getLong()),
                    new UUID(bytes.getLong(), bytes.getLong()));
            // Base64 can write the same bytes in several ways; one reservation has one id.
            return Optional.of(id).filter(parsed -> parsed.toString().equals(text));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        UUID credit = UUID.fromString(creditId);
        return ENCODER.encodeToString(ByteBuffer.allocate(BYTES)
                .put(DECODER.decode(node))
                .putLong(credit.getMostSignificantBits())
                .putLong(credit.getLeastSignificantBits())
                .putLong(amount.micros())
                .putLong(secret.getMostSignificantBits())
                .putLong(secret.getLeastSignificantBits())
                .array());
    }
}
