package io.latchkey.verify;

import io.latchkey.model.ApiKey;
import io.latchkey.verify.Verification.Rejected;

/** What somebody holds who presents a key: the right one, in whatever state it is, or something else. */
public sealed interface KeyPossession {

    record Key(ApiKey key) implements KeyPossession {}

    /** @param rejected why it is no key, for the event only */
    record Nothing(Rejected rejected) implements KeyPossession {}
}
