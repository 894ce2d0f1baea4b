package io.latchkey.rest;

import io.latchkey.ApiKeysProvider;
import io.latchkey.keycloak.KeycloakUsers;
import io.latchkey.keycloak.KeycloakUsers.LocalUser;
import io.latchkey.model.ApiKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.StorageId;

/**
 * Resolves user ids to user names and service-account clients, and caches them for one response. Names of Keycloak's own
 * users take one statement for a whole list. A missing user is looked up once, because Keycloak's cache does not keep
 * misses (26.7: {@code UserCacheSession.getUserById}); administrators of another realm are missing in this one.
 */
public final class UserNames {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Function<String, Optional<UserModel>> users;
    private final Map<String, Optional<LocalUser>> known = new HashMap<>();

    public UserNames(KeycloakSession session) {
        this(
                session,
                id -> KeycloakUsers.find(
                        ApiKeysProvider.of(session).ownerCache(),
                        session.getContext().getRealm(),
                        id));
    }

    /** @param users looks one user up by id */
    UserNames(KeycloakSession session, Function<String, Optional<UserModel>> users) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.users = users;
    }

    /** Reads the names of the owners and creators of these keys. */
    public void load(Collection<ApiKey> keys) {
        Set<String> ids = new HashSet<>();
        keys.forEach(key -> {
            ids.add(key.owner().id());
            if (key.createdBy() != null) {
                ids.add(key.createdBy());
            }
        });
        ids.removeAll(known.keySet());
        ids.removeIf(id -> !new StorageId(id).isLocal());
        Map<String, LocalUser> found = KeycloakUsers.findLocal(session, realm, ids);
        ids.forEach(id -> known.put(id, Optional.ofNullable(found.get(id))));
    }

    Optional<LocalUser> find(String id) {
        return known.computeIfAbsent(id, this::read);
    }

    public Optional<String> username(String id) {
        return find(id).map(LocalUser::username);
    }

    /** Id of the client whose service account that user is. */
    public Optional<String> client(String id) {
        return find(id).flatMap(LocalUser::client);
    }

    private Optional<LocalUser> read(String id) {
        return users.apply(id)
                .map(found ->
                        new LocalUser(found.getUsername(), Optional.ofNullable(found.getServiceAccountClientLink())));
    }
}
