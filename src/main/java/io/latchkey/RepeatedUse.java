package io.latchkey;

import io.latchkey.key.KeyId;
import io.latchkey.usage.UseBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Counts a use whose answer is given again. Outlives the session, and so holds nothing of it. */
record RepeatedUse(UseBuffer uses, KeyId key, String api, Optional<String> address) implements Consumer<Instant> {

    @Override
    public void accept(Instant at) {
        uses.accepted(key, api, at, address);
    }
}
