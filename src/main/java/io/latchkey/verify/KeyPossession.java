package io.latchkey.verify;

import io.latchkey.model.ApiKey;
import io.latchkey.verify.Verification.Rejected;

/** Holds the key that a presented text is, in any state, or the reason why it is none. */
public sealed interface KeyPossession {

    record Key(ApiKey key) implements KeyPossession {}

    /** @param rejected the reason, for the event only */
    record Nothing(Rejected rejected) implements KeyPossession {}
}
