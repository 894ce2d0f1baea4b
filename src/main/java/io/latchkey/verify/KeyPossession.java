package io.latchkey.verify;

import io.latchkey.model.ApiKey;
import io.latchkey.verify.Verification.Rejected;

/** Tells whether a presented text is a key of the realm, in whatever state that key is. */
public sealed interface KeyPossession {

    record Key(ApiKey key) implements KeyPossession {}

    /** @param rejected why it is no key, for the event only */
    record Nothing(Rejected rejected) implements KeyPossession {}
}
