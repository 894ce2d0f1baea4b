package io.latchkey.keys;

import io.latchkey.events.KeyChangeListener;
import io.latchkey.key.KeyGenerator;
import io.latchkey.key.KeyHasher;
import io.latchkey.key.KeyId;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.Owner;
import io.latchkey.model.Revocation;
import io.latchkey.policy.RealmPolicy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Creates, changes, rotates and revokes the keys of one realm: the only way to change keys.
 *
 * <p>It is bound to one transaction. The caller checks permissions beforehand; this class applies every rule about keys.
 */
public final class KeyService {

    final KeycloakSession session;
    final RealmModel realm;
    final ApiKeyStore keys;
    final KeyGenerator generator;
    final KeyHasher hasher;
    final KeyChangeListener audit;
    final KeyFamilyCredentialSync listing;
    private final Clock clock;

    public KeyService(
            KeycloakSession session,
            RealmModel realm,
            ApiKeyStore keys,
            KeyGenerator generator,
            KeyHasher hasher,
            Clock clock,
            KeyChangeListener audit) {
        this.session = session;
        this.realm = realm;
        this.keys = keys;
        this.generator = generator;
        this.hasher = hasher;
        this.clock = clock;
        this.audit = audit;
        this.listing = new KeyFamilyCredentialSync(session, realm, keys);
    }

    public KeyChangeResult<IssuedKey> create(Owner owner, NewKey draft, Actor actor) {
        return new KeyCreation(this).create(owner, draft, actor);
    }

    /** Takes over a key that was made elsewhere, by its hash. Whoever holds the key goes on using it. */
    public KeyChangeResult<ApiKey> importKey(ApiKey key) {
        return new KeyImport(this).importKey(key);
    }

    /** Why {@link #importKey} would refuse that key now, if it would. Changes and locks nothing. */
    public Optional<KeyChangeRefusal> importRefusal(ApiKey key) {
        return new KeyImport(this).unfit(key);
    }

    public KeyChangeResult<ApiKey> change(KeyId id, KeyUpdateRequest change, Actor actor) {
        return new KeyUpdate(this).change(id, change, actor);
    }

    public KeyChangeResult<IssuedKey> rotate(KeyId id, RotationRequest order, Actor actor) {
        return new KeyRotation(this).rotate(id, order, actor);
    }

    /** Ends one key at once, with the sessions it opened. Ending an ended key changes nothing and succeeds. */
    public KeyChangeResult<ApiKey> revoke(KeyId id, Revocation.Reason reason, IntPredicate expected) {
        return new KeyRevocation(this).revoke(id, reason, expected);
    }

    /** Ends every living key of a family: its entry among the user's credentials was removed. */
    public List<ApiKey> revokeFamily(String ownerId, String family, Revocation.Reason reason) {
        return new KeyRevocation(this).revokeFamily(ownerId, family, reason);
    }

    /** Ends every living key of an owner. */
    public List<ApiKey> revokeAll(String ownerId, Revocation.Reason reason) {
        return new KeyRevocation(this).revokeAll(ownerId, reason);
    }

    /** Notes that a successor was used for the first time, which may end what it replaced. */
    public void confirm(ApiKey successor) {
        new RotationCompletion(this).confirm(successor);
    }

    /** In milliseconds, as stored, so that what is answered and what is on record are equal. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    KeyQuota quota() {
        return new KeyQuota(realm.getId(), keys);
    }

    RealmPolicy policy() {
        return RealmPolicy.read(realm::getAttribute);
    }
}
