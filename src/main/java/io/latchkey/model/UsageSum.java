package io.latchkey.model;

import io.latchkey.key.KeyId;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds a sum of usage.
 *
 * @param keyName that of the key, where there is one
 * @param rejected for whatever reason
 * @param paid what became of those accepted uses that had a price
 */
public record UsageSum(Place place, Optional<String> keyName, long accepted, long rejected, Paid paid) {

    /**
     * When, and of what. Empty is what was not asked for.
     *
     * @param start of the hour or day
     * @param apiId {@link UsageCounterId#NO_API} where the use was at none
     */
    public record Place(Instant start, Optional<KeyId> key, Optional<String> ownerId, Optional<String> apiId) {}

    /** Calls with a price, by how they ended. */
    public record Paid(long settled, long released, long expired, CreditAmount charged) {}
}
