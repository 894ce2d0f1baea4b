package io.latchkey.keys;

import io.latchkey.key.KeyId;
import io.latchkey.key.KeyKind;
import io.latchkey.key.KeyPrefix;
import io.latchkey.key.PresentedKey;
import io.latchkey.model.ApiKey;
import io.latchkey.model.EditableKeySettings;
import io.latchkey.model.KeyOrigin;
import io.latchkey.model.Owner;
import io.latchkey.policy.RealmPolicy;
import java.time.Instant;
import java.util.Optional;

/** Generates a key and stores its record, without any check. */
final class KeyIssuer {

    private final KeyService keyService;

    KeyIssuer(KeyService keyService) {
        this.keyService = keyService;
    }

    /**
     * Where a new key comes from.
     *
     * @param familySince when the first key of the family was made; empty for the first
     * @param predecessor the key it replaces
     */
    record Origin(
            Owner owner,
            KeyKind kind,
            Actor creator,
            String family,
            Optional<Instant> familySince,
            Optional<KeyId> predecessor) {}

    IssuedKey issue(Origin origin, EditableKeySettings settings, Instant now) {
        RealmPolicy policy = keyService.policy();
        KeyPrefix prefix = new KeyPrefix(policy.brand(), origin.kind(), policy.env());
        PresentedKey fresh = keyService.generator.generate(prefix);
        ApiKey key = new ApiKey(
                fresh.id(),
                keyService.realm.getId(),
                prefix,
                origin.owner(),
                settings,
                new KeyOrigin(
                        now,
                        origin.creator().userId(),
                        origin.creator().client(),
                        origin.family(),
                        origin.familySince().orElse(now),
                        origin.predecessor()),
                false,
                Optional.empty(),
                Optional.empty(),
                keyService.hasher.hash(fresh.secret()),
                0);
        keyService.keys.add(key);
        return new IssuedKey(key, fresh.secret());
    }
}
