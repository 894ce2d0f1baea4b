package io.latchkey.model;

import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.key.KeyKind;
import io.latchkey.key.KeyPrefix;
import java.time.Instant;
import java.util.Optional;

/** Keys for tests that care about one or two of their properties only. */
public final class TestKeys {

    public static final Instant CREATED = Instant.parse("2030-01-01T00:00:00Z");
    public static final KeyHash HASH = new KeyHash(1, "0".repeat(64));

    private TestKeys() {}

    /** The public id whose characters are all this one. */
    public static KeyId id(char character) {
        return new KeyId(String.valueOf(character).repeat(12));
    }

    /** An active key without an end. */
    public static ApiKey active() {
        return new ApiKey(
                id('a'),
                "realm",
                new KeyPrefix("kc", KeyKind.SECRET, Optional.empty()),
                new Owner(OwnerType.USER, "owner"),
                new KeySettings("name", Optional.empty(), Activation.ENABLED, Optional.empty(), Restrictions.NONE),
                new KeyOrigin(CREATED, "owner", "family", Optional.empty()),
                false,
                Optional.empty(),
                Optional.empty(),
                HASH,
                0);
    }
}
