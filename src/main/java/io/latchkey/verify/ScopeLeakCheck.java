package io.latchkey.verify;

import io.latchkey.model.Restrictions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ProtocolMapperModel;

/**
 * Finds what a client would add to the token of a restricted key beyond the key's scopes.
 *
 * <p>For tokens without a stored session, userinfo and introspection of Keycloak 26.7 apply all mappers and default scopes
 * of the client again. A client may therefore add nothing that the key does not have.
 */
public final class ScopeLeakCheck {

    /** Mappers that write data of the login, or roles that are in scope anyway, but nothing else of the owner. */
    private static final Set<String> HARMLESS = Set.of(
            "oidc-sub-mapper",
            "oidc-acr-mapper",
            "oidc-allowed-origins-mapper",
            "oidc-usersessionmodel-note-mapper",
            "oidc-usermodel-realm-role-mapper",
            "oidc-usermodel-client-role-mapper",
            "oidc-audience-resolve-mapper");

    private ScopeLeakCheck() {}

    /** What the client would add to the token of a key with these restrictions, in words for an administrator. */
    public static List<String> excess(ClientModel client, Restrictions restrictions) {
        List<String> excess = new ArrayList<>();
        if (client.isFullScopeAllowed()) {
            excess.add("full scope allowed");
        }
        if (client.getRolesStream().findAny().isPresent()) {
            excess.add("roles of its own");
        }
        if (client.getScopeMappingsStream().findAny().isPresent()) {
            excess.add("roles in its dedicated scope");
        }
        dangerous(client.getProtocolMappersStream()).forEach(name -> excess.add("mapper '" + name + "'"));
        Collection<ClientScopeModel> defaults = client.getClientScopes(true).values();
        defaults.stream()
                .filter(scope -> !restrictions.scopes().contains(scope.getId()))
                .filter(ScopeLeakCheck::adds)
                .sorted(Comparator.comparing(ClientScopeModel::getName))
                .forEach(scope -> excess.add("default client scope '" + scope.getName() + "'"));
        return excess;
    }

    private static boolean adds(ClientScopeModel scope) {
        // An API may decide by the mere name of a scope.
        return scope.isIncludeInTokenScope()
                || scope.getScopeMappingsStream().findAny().isPresent()
                || dangerous(scope.getProtocolMappersStream()).findAny().isPresent();
    }

    private static Stream<String> dangerous(Stream<ProtocolMapperModel> mappers) {
        return mappers.filter(mapper -> !HARMLESS.contains(mapper.getProtocolMapper()))
                .map(ProtocolMapperModel::getName);
    }
}
