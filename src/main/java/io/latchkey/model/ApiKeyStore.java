package io.latchkey.model;

import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores and finds keys. Bound to one Keycloak session and its transaction. */
public interface ApiKeyStore extends OwnerDataCleanup {

    /** A key of that realm; keys of other realms do not exist here. */
    Optional<ApiKey> find(String realmId, KeyId id);

    /** The hash of a key of that realm, without the rest of its row. */
    Optional<KeyHash> findHash(String realmId, KeyId id);

    /**
     * The key of that realm that has this hash.
     *
     * @param hex 64 lower-case hexadecimal digits
     */
    Optional<ApiKey> findByHash(String realmId, String hex);

    /** Whether any realm has a key of that id. */
    boolean exists(KeyId id);

    /** Rereads a key that this session may have read before, after a wait for a lock. */
    Optional<ApiKey> reread(String realmId, KeyId id);

    /** Newest first. */
    List<ApiKey> find(KeyQuery query, int first, int max);

    /**
     * The next keys of a walk over all that a query finds, newest first.
     *
     * @param last the last key of the step before; empty for the first step
     */
    List<ApiKey> findAfter(KeyQuery query, Optional<ApiKey> last, int max);

    long count(KeyQuery query);

    /** All keys of a family, whatever their state. */
    List<ApiKey> family(String realmId, String family);

    /** How many keys of that owner have not ended, disabled ones included. */
    long countNotEnded(String realmId, String ownerId, Instant now);

    /** All keys of that owner that are switched on and have not ended. */
    List<KeySlotUse> living(String realmId, String ownerId, Instant now);

    /** Whether another live family of that owner bears the name, ignoring case. */
    boolean nameTaken(String realmId, String ownerId, String name, String exceptFamily, Instant now);

    /**
     * Makes changes to the keys of one owner, who has some, wait for each other until the transaction ends, so that limits hold under
     * concurrency. Call it before reading what the change depends on.
     */
    void lockOwner(String realmId, String ownerId);

    /**
     * Locks as {@link #lockOwner} does, for a change that adds a key to those of an owner who may have none yet. Until the transaction ends, Keycloak cannot remove the
     * owner, so its removal sees the new key and takes it along.
     *
     * @return false when there is no such owner
     */
    boolean lockOwnerForNewKey(String realmId, String ownerId);

    /**
     * The first column of Keycloak's own tables that would have to hold this name of a key and cannot, with its character set. Keycloak
     * keeps names in credentials and events. On MySQL and MariaDB each column has a character set, and some have no emoji.
     */
    Optional<String> columnTooNarrowFor(String name);

    void add(ApiKey key);

    /** Stores a changed key. Hash and first use are not written here: they change on use, independently of administrative changes. */
    ApiKey save(ApiKey key);

    /**
     * Notes the first use of a successor.
     *
     * @return false if it was noted before
     */
    boolean confirm(ApiKey key);

    /** Replaces the hash made with an older pepper; does nothing when another node was faster. */
    void rehash(KeyId id, int fromPepperVersion, KeyHash hash);

    Map<KeyId, LastUse> lastUses(Collection<KeyId> ids);

    /** Keys of all realms that ended before that moment, longest ago first. */
    List<ApiKey> endedBefore(Instant moment, int max);

    /** Keys of all realms that ended within that time. */
    List<ApiKey> endedBetween(Instant after, Instant until, int first, int max);

    /** Ids of the keys of that realm that carry the client scope or may be used at the client, ended ones included; by owner. */
    List<KeyId> restrictedTo(String realmId, String scopeOrClientId);

    void remove(Collection<KeyId> ids);
}
