package io.latchkey.verify;

import io.latchkey.key.KeyHash;
import io.latchkey.model.ApiKey;
import java.time.Instant;

/** Records each accepted use of a key. Implementations must not block: they run in the request. */
public interface AcceptedUseListener {

    void record(ApiKey key, Instant at, KeyUseRequest request);

    /** The key is stored with an older pepper; this is its hash with the newest. */
    void rehash(ApiKey key, KeyHash newest);
}
