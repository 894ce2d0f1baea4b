package io.latchkey.events;

import io.latchkey.model.ApiKey;
import io.latchkey.model.Revocation;

/** Receives every change of a key, in the transaction that makes the change. */
public interface KeyChangeListener {

    void created(ApiKey key);

    void changed(ApiKey before, ApiKey after);

    void rotated(ApiKey old, ApiKey successor);

    void revoked(ApiKey key, Revocation.Reason reason);
}
