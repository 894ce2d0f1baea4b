package io.latchkey.keys;

import io.latchkey.key.KeyId;
import io.latchkey.model.ApiKey;
import io.latchkey.model.KeyQuery;
import io.latchkey.model.KeyStatus;
import io.latchkey.model.Revocation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Revokes keys, their families, or all keys of an owner. */
public record KeyRevocation(KeyContext context) {

    private static final int PAGE = 200;

    /** Ends one key at once, with the sessions it opened. Ending an ended key changes nothing and succeeds. */
    public KeyChangeResult<ApiKey> revoke(KeyId id, Revocation.Reason reason, IntPredicate expectedVersion) {
        ApiKey key = context.lock(id).orElse(null);
        if (key == null) {
            return KeyChangeResult.refused(KeyChangeRefusal.notFound());
        }
        return KeyUpdate.version(key, expectedVersion)
                .<KeyChangeResult<ApiKey>>map(KeyChangeResult::refused)
                .orElseGet(() -> KeyChangeResult.done(isRevoked(key) ? key : end(key, reason)));
    }

    /** Ends every living key of a family: its entry among the user's credentials was removed. */
    public List<ApiKey> revokeFamily(String ownerId, String family, Revocation.Reason reason) {
        context.keys().lockOwner(context.realm().getId(), ownerId);
        return context.keys().family(context.realm().getId(), family).stream()
                .filter(key -> key.owner().id().equals(ownerId) && !isRevoked(key))
                .map(key -> end(key, reason))
                .toList();
    }

    /** Ends every living key of an owner. */
    public List<ApiKey> revokeAll(String ownerId, Revocation.Reason reason) {
        context.keys().lockOwner(context.realm().getId(), ownerId);
        KeyQuery all = KeyQuery.ofOwner(context.realm().getId(), ownerId, context.now());
        List<ApiKey> ended = new ArrayList<>();
        // Revoked keys leave the result, so the first page is always the next one.
        for (List<ApiKey> page = context.keys().find(all, 0, PAGE);
                !page.isEmpty();
                page = context.keys().find(all, 0, PAGE)) {
            page.stream()
                    .filter(key -> !isRevoked(key))
                    .map(key -> end(key, reason))
                    .forEach(ended::add);
        }
        return ended;
    }

    private boolean isRevoked(ApiKey key) {
        return key.statusAt(context.now()) == KeyStatus.REVOKED;
    }

    ApiKey end(ApiKey key, Revocation.Reason reason) {
        ApiKey ended = context.keys().save(key.revoked(new Revocation(context.now(), reason)));
        context.syncCredential(ended);
        context.endSessions(ended);
        context.audit().revoked(ended, reason);
        return ended;
    }
}
