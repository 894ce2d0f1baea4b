package io.latchkey.introspection;

import io.latchkey.ApiKeysProvider;
import io.latchkey.key.KeyId;
import io.latchkey.key.KeyKind;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.policy.ScopeAndClientResolver;
import io.latchkey.verify.ScopePermission;
import io.latchkey.verify.Verification.Accepted;
import java.util.List;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;

/** Determines a key's effective scopes: its own as far as the owner may use them, or else the client's default scopes. */
final class EffectiveScopesResolver {

    private final ApiKeysProvider apiKeysProvider;
    private final RealmModel realm;

    EffectiveScopesResolver(ApiKeysProvider apiKeysProvider, RealmModel realm) {
        this.apiKeysProvider = apiKeysProvider;
        this.realm = realm;
    }

    /** The client whose scopes count: the policy's, or else the caller. */
    ClientModel client(ClientModel caller) {
        return apiKeysProvider
                .policy(realm)
                .client()
                .flatMap(new ScopeAndClientResolver(realm)::openClient)
                .orElse(caller);
    }

    /** @param client whose scopes count if the key has none */
    List<String> of(Accepted accepted, ClientModel client) {
        OwnerCache ownerCache = apiKeysProvider.ownerCache();
        return ownerCache.computeIfAbsent(
                ownerCache.attachments(accepted.owner()),
                new CacheKey(accepted.key().id(), accepted.key().version(), client.getId()),
                () -> find(accepted, client));
    }

    private List<String> find(Accepted accepted, ClientModel client) {
        boolean carriesNone = accepted.key().restrictions().scopes().isEmpty();
        boolean secret = accepted.key().prefix().kind() == KeyKind.SECRET;
        return carriesNone && secret
                ? client.getClientScopes(true).values().stream()
                        .filter(ClientScopeModel::isIncludeInTokenScope)
                        .filter(scope -> ScopePermission.isGiven(scope, accepted.owner()))
                        .map(ClientScopeModel::getName)
                        .sorted()
                        .toList()
                : apiKeysProvider.verifier().scopes(realm, accepted);
    }

    /** @param version of the key, which may have been read before the owner was */
    private record CacheKey(KeyId key, int version, String clientId) {}
}
