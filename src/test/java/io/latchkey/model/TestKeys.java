package io.latchkey.model;

import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.key.KeyKind;
import io.latchkey.key.KeyPrefix;
import io.latchkey.key.PresentedKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keys for tests that care about one or two of their properties only. */
public final class TestKeys {

    public static final Instant CREATED = Instant.parse("2030-01-01T00:00:00Z");
    public static final KeyHash HASH = new KeyHash(1, "0".repeat(64));

    private static final KeyPrefix SECRET = new KeyPrefix("kc", KeyKind.SECRET, Optional.empty());

    private TestKeys() {}

    /** The public id whose characters are all this one. */
    public static KeyId id(char character) {
        return new KeyId(String.valueOf(character).repeat(12));
    }

    /** An active key without an end. */
    public static ApiKey active() {
        return of(SECRET, id('a'), HASH, new Owner(OwnerType.USER, "owner"));
    }

    /** The same, of another owner. */
    public static ApiKey ownedBy(Owner owner) {
        return of(SECRET, id('a'), HASH, owner);
    }

    /** The same, stored with that hash. */
    public static ApiKey stored(PresentedKey key, KeyHash hash) {
        return of(key.prefix(), key.id(), hash, new Owner(OwnerType.USER, "owner"));
    }

    /** The same, with another id. */
    public static ApiKey named(KeyId id, KeyHash hash) {
        return of(SECRET, id, hash, new Owner(OwnerType.USER, "owner"));
    }

    /** The same, of another kind. */
    public static ApiKey of(KeyPrefix prefix) {
        return of(prefix, id('a'), HASH, new Owner(OwnerType.USER, "owner"));
    }

    /** The same, with these ids of scopes and audiences. */
    public static ApiKey restricted(List<String> scopes, List<String> audiences) {
        ApiKey key = active();
        return key.withSettings(key.settings().with(new Restrictions(scopes, audiences, List.of(), List.of())));
    }

    private static ApiKey of(KeyPrefix prefix, KeyId id, KeyHash hash, Owner owner) {
        return new ApiKey(
                id,
                "realm",
                prefix,
                owner,
                new EditableKeySettings(
                        "name", Optional.empty(), Activation.ENABLED, Optional.empty(), Restrictions.NONE),
                new KeyLineage(CREATED, "owner", "family", Optional.empty()),
                false,
                Optional.empty(),
                Optional.empty(),
                hash,
                0);
    }
}
