package io.latchkey.keys;

import io.latchkey.key.KeyId;
import io.latchkey.model.ApiKey;
import io.latchkey.model.KeyQuery;
import io.latchkey.model.KeyStatus;
import io.latchkey.model.Revocation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Revokes keys, their families, or all keys of an owner. */
final class KeyRevocation {

    private static final int PAGE = 200;

    private final KeyService keyService;

    KeyRevocation(KeyService keyService) {
        this.keyService = keyService;
    }

    KeyChangeResult<ApiKey> revoke(KeyId id, Revocation.Reason reason, IntPredicate expected) {
        ApiKey key = KeyUpdate.locked(keyService, id).orElse(null);
        if (key == null) {
            return KeyChangeResult.refused(KeyChangeRefusal.notFound());
        }
        return KeyUpdate.versionDiffers(key, expected)
                .<KeyChangeResult<ApiKey>>map(KeyChangeResult::refused)
                .orElseGet(() -> KeyChangeResult.done(isRevoked(key) ? key : end(key, reason)));
    }

    List<ApiKey> revokeFamily(String ownerId, String family, Revocation.Reason reason) {
        String realmId = keyService.realm.getId();
        keyService.keys.lockOwner(realmId, ownerId);
        return endAll(
                keyService.keys.family(realmId, family).stream()
                        .filter(key -> key.owner().id().equals(ownerId))
                        .toList(),
                reason);
    }

    List<ApiKey> revokeAll(String ownerId, Revocation.Reason reason) {
        String realmId = keyService.realm.getId();
        keyService.keys.lockOwner(realmId, ownerId);
        KeyQuery all = KeyQuery.ofOwner(realmId, ownerId, keyService.now());
        List<ApiKey> ended = new ArrayList<>();
        // Revoked keys leave the result, so the first page is always the next one.
        for (List<ApiKey> page = keyService.keys.find(all, 0, PAGE);
                !page.isEmpty();
                page = keyService.keys.find(all, 0, PAGE)) {
            ended.addAll(endAll(page, reason));
        }
        return ended;
    }

    private List<ApiKey> endAll(List<ApiKey> candidates, Revocation.Reason reason) {
        return candidates.stream()
                .filter(key -> !isRevoked(key))
                .map(key -> end(key, reason))
                .toList();
    }

    private boolean isRevoked(ApiKey key) {
        return key.statusAt(keyService.now()) == KeyStatus.REVOKED;
    }

    ApiKey end(ApiKey key, Revocation.Reason reason) {
        Instant now = keyService.now();
        ApiKey ended = keyService.keys.save(key.revoked(new Revocation(now, reason)));
        keyService.listing.show(ended, keyService.now());
        OwnerSessions.endReachable(keyService.session, keyService.realm, ended);
        keyService.audit.revoked(ended, reason);
        return ended;
    }
}
