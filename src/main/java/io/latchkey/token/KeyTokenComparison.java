package io.latchkey.token;

import io.latchkey.ApiKeysProvider;
import io.latchkey.key.KeyId;
import io.latchkey.keycloak.KeyTokenBuilder;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.model.ApiKey;
import io.latchkey.verify.KeyTokenScopePolicy;
import io.latchkey.verify.Verification.Accepted;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;

/**
 * Compares a token made from a key with the token that the key would get now at the same client, for the same scopes.
 * Compares {@code aud}, {@code scope}, {@code realm_access} and {@code resource_access}, and no other claim.
 */
public final class KeyTokenComparison {

    private final KeycloakSession session;
    private final RealmModel realm;

    public KeyTokenComparison(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** Whether the token permits more than the key does now, or the key no longer gives such a token. */
    public boolean isTooWide(AccessToken token, KeyTokenId made, Accepted accepted) {
        OwnerCache ownerCache = ApiKeysProvider.of(session).ownerCache();
        CacheKey cacheKey = new CacheKey(
                accepted.key().id(), accepted.key().version(), made.clientId(), Optional.ofNullable(token.getScope()));
        Optional<Permissions> now = ownerCache.computeIfAbsent(
                ownerCache.attachments(accepted.owner()),
                cacheKey,
                () -> token(accepted, cacheKey).map(current -> permissions(accepted, current)));
        return now.filter(allowed -> Permissions.of(token).isWithin(allowed)).isEmpty();
    }

    private Permissions permissions(Accepted accepted, AccessToken token) {
        new KeyTokenNarrowing(session).narrow(token, accepted.key().restrictions());
        Permissions permissions = Permissions.of(token);
        Set<String> names = new HashSet<>(permissions.audiences());
        names.addAll(KeyTokenNarrowing.audienceNames(
                permissions.audiences().stream().map(realm::getClientByClientId).filter(Objects::nonNull)));
        return permissions.alsoFor(names);
    }

    private Optional<AccessToken> token(Accepted accepted, CacheKey cacheKey) {
        ClientModel client = realm.getClientById(cacheKey.clientId());
        if (client == null) {
            return Optional.empty();
        }
        Optional<String> scope = scope(client, accepted.key(), cacheKey.scope());
        return KeyTokenScopePolicy.of(realm, client, accepted.key(), scope, List.of())
                        instanceof KeyTokenScopePolicy.Granted granted
                ? new KeyTokenBuilder(session)
                        .preview(client, KeyTokenIssuer.request(accepted, granted, false), ApiKeyGrantType.GRANT_TYPE)
                : Optional.empty();
    }

    /** A token does not name all scopes that it was issued with; scopes that it may have been issued with count, too. */
    private static Optional<String> scope(ClientModel client, ApiKey key, Optional<String> named) {
        List<String> own = key.restrictions().scopes();
        Stream<String> unnamed = client.getClientScopes(false).values().stream()
                .filter(scope -> !scope.isIncludeInTokenScope() && !scope.isParameterizedScope())
                .filter(scope -> own.isEmpty() || own.contains(scope.getId()))
                .map(ClientScopeModel::getName)
                .filter(name -> !OAuth2Constants.OFFLINE_ACCESS.equals(name));
        // Keycloak accepts no empty scope; a token without scope was issued with all scopes of the key.
        return Optional.of(Stream.concat(words(named.orElse(null)), unnamed).collect(Collectors.joining(" ")))
                .filter(words -> !words.isEmpty());
    }

    private static Stream<String> words(String scope) {
        return scope == null ? Stream.empty() : Arrays.stream(scope.split(" ")).filter(word -> !word.isEmpty());
    }

    /** @param version of the key, which may have been read before the owner was */
    private record CacheKey(KeyId key, int version, String clientId, Optional<String> scope) {}

    /**
     * Holds the permissions in an access token: the claims {@code aud}, {@code scope}, {@code realm_access} and {@code
     * resource_access}.
     *
     * @param clientRoles by client id
     */
    record Permissions(
            Set<String> audiences, Set<String> scopes, Set<String> realmRoles, Map<String, Set<String>> clientRoles) {

        static Permissions of(AccessToken token) {
            Map<String, Set<String>> clientRoles = new HashMap<>();
            token.getResourceAccess().forEach((client, access) -> clientRoles.put(client, roles(access)));
            return new Permissions(
                    token.getAudience() == null ? Set.of() : Set.copyOf(Arrays.asList(token.getAudience())),
                    words(token.getScope()).collect(Collectors.toUnmodifiableSet()),
                    roles(token.getRealmAccess()),
                    clientRoles);
        }

        private static Set<String> roles(AccessToken.Access access) {
            return access == null || access.getRoles() == null ? Set.of() : Set.copyOf(access.getRoles());
        }

        /** A copy with these names of audiences. */
        Permissions alsoFor(Set<String> names) {
            return new Permissions(names, scopes, realmRoles, clientRoles);
        }

        /** Whether the other has all permissions of this one. */
        boolean isWithin(Permissions other) {
            return other.audiences.containsAll(audiences)
                    && other.scopes.containsAll(scopes)
                    && other.realmRoles.containsAll(realmRoles)
                    && clientRoles.entrySet().stream()
                            .allMatch(roles -> other.clientRoles
                                    .getOrDefault(roles.getKey(), Set.of())
                                    .containsAll(roles.getValue()));
        }
    }
}
