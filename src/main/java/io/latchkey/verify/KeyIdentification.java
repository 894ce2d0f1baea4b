package io.latchkey.verify;

import io.latchkey.model.ApiKey;
import io.latchkey.verify.Verification.Rejected;

/** Holds the result of identifying a presented key: the key, in any state, or the reason why it was rejected. */
public sealed interface KeyIdentification {

    record Key(ApiKey key) implements KeyIdentification {}

    /** @param rejected the reason, for the event only */
    record Nothing(Rejected rejected) implements KeyIdentification {}
}
