package io.latchkey.keys;

import io.latchkey.events.KeyChangeListener;
import io.latchkey.key.KeyGenerator;
import io.latchkey.key.KeyHasher;
import io.latchkey.key.KeyId;
import io.latchkey.key.KeyKind;
import io.latchkey.key.KeyPrefix;
import io.latchkey.key.PresentedKey;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.EditableKeySettings;
import io.latchkey.model.KeyLineage;
import io.latchkey.model.Owner;
import io.latchkey.policy.RealmPolicy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Holds what the commands on keys of one realm need: {@link KeyCreation}, {@link KeyImport}, {@link KeyUpdate}, {@link
 * KeyRotation} and {@link KeyRevocation}. It is bound to one session and its transaction. The caller checks permissions
 * beforehand; the commands apply every rule about keys.
 */
public record KeyContext(
        KeycloakSession session,
        RealmModel realm,
        ApiKeyStore keys,
        KeyGenerator generator,
        KeyHasher hasher,
        Clock clock,
        KeyChangeListener audit) {

    /** In milliseconds, as stored, so that responses and the record are equal. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    RealmPolicy policy() {
        return RealmPolicy.read(realm::getAttribute);
    }

    KeysPerOwnerRule keysPerOwner() {
        return new KeysPerOwnerRule(realm.getId(), keys);
    }

    /** The user of the realm that is this owner; null if there is none. */
    UserModel user(Owner owner) {
        return session.users().getUserById(realm, owner.id());
    }

    /** Locks the keys of an owner and rereads one of them, so that no other change comes in between. */
    Optional<ApiKey> lock(KeyId id) {
        Optional<ApiKey> seen = keys.find(realm.getId(), id);
        seen.ifPresent(key -> keys.lockOwner(key.realmId(), key.owner().id()));
        return seen.flatMap(key -> keys.reread(key.realmId(), id));
    }

    /** Generates a key and stores its record, without any check. */
    IssuedKey issue(Owner owner, KeyKind kind, EditableKeySettings settings, KeyLineage origin) {
        RealmPolicy policy = policy();
        KeyPrefix prefix = new KeyPrefix(policy.brand(), kind, policy.env());
        PresentedKey fresh = generator.generate(prefix);
        ApiKey key = new ApiKey(
                fresh.id(),
                realm.getId(),
                prefix,
                owner,
                settings,
                origin,
                false,
                Optional.empty(),
                Optional.empty(),
                hasher.hash(fresh.secret()),
                0);
        keys.add(key);
        return new IssuedKey(key, fresh.secret());
    }

    /** Updates the credential entry of a key's family at the user. */
    void syncCredential(ApiKey key) {
        new KeyFamilyCredentialSync(session, realm, keys).sync(key, now());
    }

    void endSessions(ApiKey key) {
        OwnerSessions.endReachable(session, realm, key);
    }
}
