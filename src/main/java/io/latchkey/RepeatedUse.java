package io.latchkey;

import io.latchkey.key.KeyId;
import io.latchkey.limits.Standing;
import io.latchkey.usage.UseBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Uses of a key that are like one before. Outlives the session, and so holds nothing of it.
 *
 * @param limits counts a use, and says how it stands
 */
record RepeatedUse(
        UseBuffer uses, KeyId key, String api, Optional<String> address, boolean recorded, Supplier<Standing> limits)
        implements Function<Instant, Standing> {

    @Override
    public Standing apply(Instant at) {
        Standing standing = limits.get();
        if (recorded && standing.isAllowed()) {
            uses.accepted(key, api, at, address);
        }
        return standing;
    }
}
