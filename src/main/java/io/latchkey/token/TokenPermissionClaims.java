package io.latchkey.token;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.representations.AccessToken;

/**
 * Holds the permissions in an access token: the claims {@code aud}, {@code scope}, {@code realm_access} and {@code
 * resource_access}.
 *
 * @param clientRoles by client id
 */
record TokenPermissionClaims(
        Set<String> audiences, Set<String> scopes, Set<String> realmRoles, Map<String, Set<String>> clientRoles) {

    static TokenPermissionClaims of(AccessToken token) {
        Map<String, Set<String>> clientRoles = new HashMap<>();
        token.getResourceAccess().forEach((client, access) -> clientRoles.put(client, roles(access)));
        return new TokenPermissionClaims(
                token.getAudience() == null ? Set.of() : Set.copyOf(Arrays.asList(token.getAudience())),
                token.getScope() == null ? Set.of() : words(token.getScope()),
                roles(token.getRealmAccess()),
                clientRoles);
    }

    /** A copy with these names of audiences. */
    TokenPermissionClaims alsoFor(Set<String> names) {
        return new TokenPermissionClaims(names, scopes, realmRoles, clientRoles);
    }

    /** Whether the other has all permissions of this one. */
    boolean isWithin(TokenPermissionClaims other) {
        return other.audiences.containsAll(audiences)
                && other.scopes.containsAll(scopes)
                && other.realmRoles.containsAll(realmRoles)
                && clientRoles.entrySet().stream()
                        .allMatch(roles -> other.clientRoles
                                .getOrDefault(roles.getKey(), Set.of())
                                .containsAll(roles.getValue()));
    }

    private static Set<String> roles(AccessToken.Access access) {
        return access == null || access.getRoles() == null ? Set.of() : Set.copyOf(access.getRoles());
    }

    private static Set<String> words(String scope) {
        return Arrays.stream(scope.split(" ")).filter(word -> !word.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }
}
