package io.latchkey.verify;

import io.latchkey.key.KeyHasher;
import io.latchkey.key.KeyHasher.Match;
import io.latchkey.key.KeyId;
import io.latchkey.key.KeySecret;
import io.latchkey.key.PresentedKey;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.KeyStatus;
import io.latchkey.model.OwnerType;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.models.RealmModel;

/** Decides whether a presented key may be used now. Every front door asks here, so every rule holds behind each. */
public final class KeyVerifier {

    private static final Logger LOG = Logger.getLogger(KeyVerifier.class);

    private final ApiKeyStore keys;
    private final KeyHasher hasher;
    private final KeyOwners owners;
    private final KeyUse use;
    private final Clock clock;

    public KeyVerifier(ApiKeyStore keys, KeyHasher hasher, KeyOwners owners, KeyUse use, Clock clock) {
        this.keys = keys;
        this.hasher = hasher;
        this.owners = owners;
        this.use = use;
        this.clock = clock;
    }

    /**
     * Decides, and records the use of an accepted key.
     *
     * @param presented what the caller sent, whatever it is
     * @param address the caller's address behind trusted proxies, if known
     */
    public Verification verify(RealmModel realm, String presented, Optional<String> address) {
        return verify(realm, presented, address, EnumSet.allOf(OwnerType.class));
    }

    /** @param suitable whose keys the door takes at all; a key of others is rejected before its use is recorded */
    public Verification verify(RealmModel realm, String presented, Optional<String> address, Set<OwnerType> suitable) {
        Optional<PresentedKey> parsed = PresentedKey.parse(presented);
        if (parsed.isEmpty()) {
            return Verification.rejected(Reason.MALFORMED);
        }
        KeySecret secret = parsed.get().secret();
        Optional<ApiKey> found = keys.find(realm.getId(), parsed.get().id());
        // An unknown id costs a hash as well, so that response times do not tell which ids exist.
        Match match = found.map(key -> hasher.match(secret, key.hash())).orElseGet(() -> hasher.matchNothing(secret));
        if (found.isEmpty()) {
            return Verification.rejected(Reason.UNKNOWN);
        }
        if (match == Match.NO) {
            warnOfMissingPepper(found.get());
            return Verification.rejected(Reason.WRONG_SECRET, found.get());
        }
        Verification verdict = suitable.contains(found.get().owner().type())
                ? judge(realm, found.get())
                : Verification.rejected(Reason.OWNER_CANNOT_SIGN_IN, found.get());
        if (verdict instanceof Verification.Accepted accepted) {
            use.record(accepted.key(), clock.instant(), address);
            if (match == Match.STALE) {
                use.rehash(accepted.key(), hasher.hash(secret));
            }
        }
        return verdict;
    }

    private void warnOfMissingPepper(ApiKey key) {
        int version = key.hash().pepperVersion();
        if (!hasher.knows(version)) {
            LOG.warnf("API key %s needs pepper version %d, which is not configured: add it again", key.id(), version);
        }
    }

    /** Whether a key that was accepted before still would be, for what was made from it: sessions and tokens. */
    public Verification recheck(RealmModel realm, KeyId id) {
        return keys.find(realm.getId(), id)
                .map(key -> judge(realm, key))
                .orElseGet(() -> Verification.rejected(Reason.UNKNOWN));
    }

    private Verification judge(RealmModel realm, ApiKey key) {
        if (!realm.isEnabled()) {
            return Verification.rejected(Reason.REALM_DISABLED, key);
        }
        Optional<Reason> ended = ended(key);
        return ended.isPresent() ? Verification.rejected(ended.get(), key) : owners.judge(realm, key);
    }

    private Optional<Reason> ended(ApiKey key) {
        KeyStatus status = key.statusAt(clock.instant());
        return switch (status) {
            case ACTIVE, ROTATING -> Optional.empty();
            case DISABLED -> Optional.of(Reason.DISABLED);
            case EXPIRED -> Optional.of(Reason.EXPIRED);
            case EXPOSED -> Optional.of(Reason.EXPOSED);
            case REVOKED -> Optional.of(key.revocation().isPresent() ? Reason.REVOKED : Reason.ROTATED_OUT);
        };
    }
}
