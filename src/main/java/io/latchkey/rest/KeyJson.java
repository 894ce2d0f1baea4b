package io.latchkey.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.ApiKeysProvider;
import io.latchkey.keycloak.KeycloakUsers;
import io.latchkey.model.Activation;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.LastUse;
import io.latchkey.model.Restrictions;
import io.latchkey.model.Rotation;
import io.latchkey.policy.KeysPerOwnerLimit;
import io.latchkey.policy.ScopeAndClientResolver;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Writes the JSON representation of keys. It contains no more of a key than its preview. */
public final class KeyJson {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ApiKeyStore keys;
    private final Clock clock;
    private final ScopeAndClientResolver names;
    private final UserNames users;

    KeyJson(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.keys = ApiKeysProvider.of(session).keyStore();
        this.clock = ApiKeysProvider.of(session).clock();
        this.names = new ScopeAndClientResolver(realm);
        this.users = new UserNames(session);
    }

    public ArrayNode list(List<ApiKey> page) {
        users.load(page);
        Map<?, LastUse> uses = keys.lastUses(page.stream().map(ApiKey::id).toList());
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        page.forEach(key -> list.add(write(key, Optional.ofNullable(uses.get(key.id())))));
        return list;
    }

    public ObjectNode one(ApiKey key) {
        return write(key, Optional.ofNullable(keys.lastUses(List.of(key.id())).get(key.id())));
    }

    private ObjectNode write(ApiKey key, Optional<LastUse> use) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", key.id().value());
        json.put("name", key.name());
        json.put("description", key.description().orElse(null));
        json.put("kind", key.prefix().kind().label());
        json.put("preview", key.preview());
        json.put("status", key.statusAt(clock.instant()).label());
        json.put("suspended", suspended(key).orElse(null));
        json.put("enabled", key.enabled());
        json.put("disabledBy", disabledBy(key.activation()));
        json.set("owner", OwnerJson.of(realm, users, key.owner()));
        restrict(json, key.restrictions());
        json.put("createdAt", key.createdAt().toString());
        json.set("createdBy", creator(key));
        json.put("expiresAt", text(key.expiresAt()));
        json.put("lastUsedAt", text(use.map(LastUse::at)));
        json.put("lastUsedIp", use.flatMap(LastUse::address).orElse(null));
        json.put("uses", use.map(LastUse::uses).orElse(0L));
        json.put("family", key.family());
        json.put("replacedBy", key.rotation().map(r -> r.replacedBy().value()).orElse(null));
        json.put("graceUntil", text(key.rotation().map(Rotation::graceUntil)));
        return json;
    }

    private static String disabledBy(Activation activation) {
        return switch (activation) {
            case ENABLED -> null;
            case DISABLED_BY_OWNER -> "owner";
            case DISABLED_BY_ADMIN -> "administrator";
        };
    }

    /** Empty if it is unknown, because the owner or the owner's plans cannot be read. */
    private Optional<Boolean> suspended(ApiKey key) {
        if (!key.statusAt(clock.instant()).usable() || !KeysPerOwnerLimit.isLimited(realm::getAttribute)) {
            return Optional.of(false);
        }
        UserModel owner = KeycloakUsers.find(
                        ApiKeysProvider.of(session).ownerCache(),
                        realm,
                        key.owner().id())
                .orElse(null);
        if (owner == null) {
            return Optional.empty();
        }
        // Plans only widen: what is admitted without those of an unreachable federation is admitted with them too.
        boolean beyond = ApiKeysProvider.of(session).keysPerOwnerCheck().isSuspended(realm, key, owner);
        return beyond && KeycloakUsers.isFederationUnreachable(owner) ? Optional.empty() : Optional.of(beyond);
    }

    private void restrict(ObjectNode json, Restrictions restrictions) {
        fill(json.putArray("scopes"), names.scopes(restrictions.scopes()));
        fill(json.putArray("audiences"), names.audiences(restrictions.audiences()));
        fill(json.putArray("allowedIps"), restrictions.addresses());
        fill(json.putArray("allowedOrigins"), restrictions.origins());
    }

    private static void fill(ArrayNode array, List<?> values) {
        values.forEach(value -> array.add(value.toString()));
    }

    /** Administrators may come from another realm; then the id alone is known here. */
    private ObjectNode creator(ApiKey key) {
        String id = key.createdBy();
        if (id == null) {
            return null;
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("name", users.username(id).orElse(null))
                .put("client", key.origin().client().orElse(null));
    }

    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }
}
