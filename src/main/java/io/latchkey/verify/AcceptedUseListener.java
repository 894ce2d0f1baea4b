package io.latchkey.verify;

import io.latchkey.key.KeyHash;
import io.latchkey.model.ApiKey;
import java.time.Instant;

/**
 * Receives each accepted use of a key, and the new hash of a key that is stored with an older pepper. Implementations must
 * not block: they run in the request.
 */
public interface AcceptedUseListener {

    void record(ApiKey key, Instant at, KeyUseRequest request);

    /** @param newest the hash with the newest pepper of a key that is stored with an older one */
    void rehash(ApiKey key, KeyHash newest);
}
