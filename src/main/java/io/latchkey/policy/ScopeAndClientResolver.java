package io.latchkey.policy;

import io.latchkey.model.Restrictions;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;

/**
 * Converts names of client scopes and clients into ids and back, matches requested scopes with those of a key, and
 * recognizes gateway clients.
 */
public final class ScopeAndClientResolver {

    private static final String PROTOCOL = "openid-connect";

    /** Keycloak takes any scope with this mapper for one of organizations (26.7: {@code OrganizationScope}). */
    private static final String ORGANIZATIONS = "oidc-organization-membership-mapper";

    private static final String GATEWAY = "latchkey.gateway";

    private final RealmModel realm;

    public ScopeAndClientResolver(RealmModel realm) {
        this.realm = realm;
    }

    public Optional<String> scopeId(String name) {
        return Restrictions.OPENID.equals(name)
                ? Optional.of(name)
                : named(name).map(ClientScopeModel::getId);
    }

    /** The description of the scope, if it has one. */
    public Optional<String> scopeDescription(String name) {
        return named(name).map(ClientScopeModel::getDescription).filter(text -> !text.isBlank());
    }

    private Optional<ClientScopeModel> named(String name) {
        return realm.getClientScopesStream()
                .filter(scope -> PROTOCOL.equals(scope.getProtocol()) && name.equals(scope.getName()))
                .findFirst();
    }

    /** The names of those scopes that still exist. */
    public List<String> scopes(List<String> ids) {
        return ids.stream()
                .map(id -> Restrictions.OPENID.equals(id)
                        ? id
                        : scope(id).map(ClientScopeModel::getName).orElse(null))
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Whether a scope of a token request is among these scopes, or names an organization for a scope of organizations.
     * {@code organization:*} means all organizations and has to be carried itself.
     *
     * @param carried names
     */
    public boolean isCarried(Collection<String> carried, String wanted) {
        if (carried.contains(wanted)) {
            return true;
        }
        int colon = wanted.indexOf(':');
        return colon > 0
                && carried.contains(wanted.substring(0, colon))
                && !wanted.endsWith(":")
                && !wanted.endsWith(":*")
                // "reports:write" may be a scope of its own.
                && named(wanted).isEmpty()
                && named(wanted.substring(0, colon))
                        .filter(ScopeAndClientResolver::isOfOrganizations)
                        .isPresent();
    }

    private static boolean isOfOrganizations(ClientScopeModel scope) {
        return scope.getProtocolMappersStream().anyMatch(mapper -> ORGANIZATIONS.equals(mapper.getProtocolMapper()));
    }

    public Optional<ClientScopeModel> scope(String id) {
        return Optional.ofNullable(realm.getClientScopeById(id));
    }

    public Optional<String> audienceId(String clientId) {
        return Optional.ofNullable(realm.getClientByClientId(clientId)).map(ClientModel::getId);
    }

    /** The client of that client id, unless it is switched off. */
    public Optional<ClientModel> openClient(String clientId) {
        return Optional.ofNullable(realm.getClientByClientId(clientId)).filter(ClientModel::isEnabled);
    }

    /**
     * Whether a client is a gateway, which may verify keys for every API of its realm: administrators mark it with an
     * attribute. A client with a registration access token is none, because dynamic registration accepts any attribute.
     */
    public static boolean isGateway(ClientModel client) {
        return Boolean.parseBoolean(client.getAttribute(GATEWAY)) && client.getRegistrationToken() == null;
    }

    /** The client ids of those APIs that still exist. */
    public List<String> audiences(List<String> ids) {
        return clients(ids).stream().map(ClientModel::getClientId).toList();
    }

    public List<ClientModel> clients(List<String> ids) {
        return ids.stream().map(realm::getClientById).filter(Objects::nonNull).toList();
    }
}
