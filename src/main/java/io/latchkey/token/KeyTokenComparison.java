package io.latchkey.token;

import io.latchkey.ApiKeysProvider;
import io.latchkey.key.KeyId;
import io.latchkey.keycloak.KeyTokenBuilder;
import io.latchkey.keycloak.KeyTokenRequest;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.keys.OwnerSessions;
import io.latchkey.model.ApiKey;
import io.latchkey.verify.KeyTokenScopePolicy;
import io.latchkey.verify.Verification.Accepted;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
        Optional<TokenPermissionClaims> now = ownerCache.computeIfAbsent(
                ownerCache.attachments(accepted.owner()), cacheKey, () -> access(accepted, cacheKey));
        return now.filter(access -> TokenPermissionClaims.of(token).isWithin(access))
                .isEmpty();
    }

    private Optional<TokenPermissionClaims> access(Accepted accepted, CacheKey cacheKey) {
        ClientModel client = realm.getClientById(cacheKey.clientId());
        return client == null
                ? Optional.empty()
                : token(accepted, client, scope(client, accepted.key(), cacheKey.scope()))
                        .map(token -> {
                            new KeyTokenNarrowing(session)
                                    .narrow(token, accepted.key().restrictions());
                            TokenPermissionClaims access = TokenPermissionClaims.of(token);
                            return access.alsoFor(names(access.audiences()));
                        });
    }

    private Optional<AccessToken> token(Accepted accepted, ClientModel client, Optional<String> scope) {
        if (!(KeyTokenScopePolicy.of(realm, client, accepted.key(), scope, List.of())
                instanceof KeyTokenScopePolicy.Granted granted)) {
            return Optional.empty();
        }
        KeyTokenRequest request = new KeyTokenRequest(
                accepted.key().id(),
                OwnerSessions.KEY_NOTE,
                accepted.owner(),
                granted.scope(),
                granted.audiences(),
                false,
                false);
        return new KeyTokenBuilder(session).preview(client, request, ApiKeyGrantType.GRANT_TYPE);
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
        return Optional.of(Stream.concat(Arrays.stream(named.orElse("").split(" ")), unnamed)
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.joining(" ")))
                .filter(words -> !words.isEmpty());
    }

    private Set<String> names(Set<String> audiences) {
        Set<String> names = new HashSet<>(audiences);
        names.addAll(AudienceNames.of(
                audiences.stream().map(realm::getClientByClientId).filter(Objects::nonNull)));
        return names;
    }

    /** @param version of the key, which may have been read before the owner was */
    private record CacheKey(KeyId key, int version, String clientId, Optional<String> scope) {}
}
