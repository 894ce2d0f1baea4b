package io.latchkey.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.ApiKeysProvider;
import io.latchkey.keycloak.AccessTokenClaimsJson;
import io.latchkey.keycloak.PostProcessorClaimsDiff;
import io.latchkey.model.ApiKey;
import io.latchkey.model.Restrictions;
import io.latchkey.policy.ScopeAndClientResolver;
import io.latchkey.verify.KeyTokenScopePolicy;
import io.latchkey.verify.ScopeLeakCheck;
import io.latchkey.verify.Verification.Accepted;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.representations.AccessToken;

/** Narrows a token to the restrictions of its key, whichever grant made it, and refuses a token that cannot be narrowed. */
public final class KeyTokenNarrowing {

    private final KeycloakSession session;
    private final RealmModel realm;

    public KeyTokenNarrowing(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** Removes what post-processors of other extensions added after Keycloak's mappers wrote the token. */
    void removeAdditions(AccessToken token, PostProcessorClaimsDiff draft) {
        AccessTokenClaimsJson.unite(token);
        draft.mappedIfChanged(token).ifPresent(mapped -> {
            ObjectNode now = AccessTokenClaimsJson.of(token);
            Set<String> names = audienceNames(AccessTokenClaimsJson.elements(mapped.path("aud"))
                    .map(id -> realm.getClientByClientId(id.asText()))
                    .filter(Objects::nonNull));
            ObjectNode left = AccessTokenClaimsJson.within(now, mapped, names);
            if (!left.equals(now)) {
                AccessTokenClaimsJson.write(token, left);
            }
        });
    }

    /**
     * What an audience claim may call these APIs: client ids, and resource URLs where the feature {@code resource-indicators}
     * is on (26.7: {@code ResourceIndicatorsPostProcessor}).
     */
    static Set<String> audienceNames(Stream<ClientModel> apis) {
        return apis.flatMap(api -> Stream.of(api.getClientId(), api.getAttribute("resource_url")))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    void enforce(AccessToken token, ApiKey key, ClientSessionContext scopes) {
        Restrictions limits = key.restrictions();
        if (!limits.scopes().isEmpty()) {
            requireScopesOfKey(scopes, limits);
        }
        boolean hasAudience = token.getAudience() != null;
        narrow(token, limits);
        if (hasAudience && token.getAudience().length == 0) {
            throw new TokenInterceptorException(
                    OAuthErrorException.INVALID_TARGET, "The key is not meant for any audience of this token");
        }
        if (token.getRealmAccess() == null) {
            // If a token without session has no realm_access, Keycloak resolves all roles again.
            token.setRealmAccess(new AccessToken.Access());
        }
    }

    /**
     * Whether a key with scopes still carries all scopes of the token, and its owner may use them: either may have lost some
     * since.
     */
    public boolean carries(AccessToken token, Accepted key) {
        if (key.key().restrictions().scopes().isEmpty() || token.getScope() == null) {
            return true;
        }
        List<String> carried = ApiKeysProvider.of(session).verifier().scopes(realm, key);
        ScopeAndClientResolver names = new ScopeAndClientResolver(realm);
        return Arrays.stream(token.getScope().split(" "))
                .allMatch(word -> word.isEmpty() || names.isCarried(carried, word));
    }

    /** Removes the audiences and roles that the key does not allow, which may be all. */
    public void narrow(AccessToken token, Restrictions limits) {
        AccessTokenClaimsJson.unite(token);
        narrowAudiences(token, limits);
        removeAdministration(token, limits);
    }

    private void requireScopesOfKey(ClientSessionContext scopes, Restrictions limits) {
        ClientModel client = scopes.getClientSession().getClient();
        List<String> excess = ScopeLeakCheck.excess(client, limits);
        if (!excess.isEmpty()) {
            throw new TokenInterceptorException(
                    OAuthErrorException.UNAUTHORIZED_CLIENT, KeyTokenScopePolicy.excessDetail(client, excess));
        }
        Map<String, ClientScopeModel> defaults = client.getClientScopes(true);
        Set<String> allowed = new HashSet<>(limits.scopes());
        defaults.values().stream().map(ClientScopeModel::getId).forEach(allowed::add);
        allowed.add(client.getId());
        // By name as well: "organization:*" is more than "organization", and has the same id.
        ScopeAndClientResolver names = new ScopeAndClientResolver(realm);
        Set<String> named = new HashSet<>(names.scopes(limits.scopes()));
        named.addAll(defaults.keySet());
        boolean asNamed = Arrays.stream(scopes.getScopeString(true).split(" "))
                .filter(word -> !word.isEmpty())
                .allMatch(word -> names.isCarried(named, word));
        if (!asNamed || !allowed.containsAll(scopes.getClientScopeIds())) {
            throw new TokenInterceptorException(
                    OAuthErrorException.INVALID_SCOPE, "The key does not carry the requested scope");
        }
    }

    private void narrowAudiences(AccessToken token, Restrictions limits) {
        if (limits.audiences().isEmpty()) {
            return;
        }
        Set<String> audiences = audienceNames(new ScopeAndClientResolver(realm)
                .clients(limits.audiences()).stream().filter(ClientModel::isEnabled));
        if (token.getAudience() != null) {
            token.audience(Arrays.stream(token.getAudience())
                    .filter(audiences::contains)
                    .toArray(String[]::new));
        }
        token.getResourceAccess().keySet().retainAll(audiences);
    }

    /** Client registration takes any access token with these roles, without asking its grant (26.7). */
    private void removeAdministration(AccessToken token, Restrictions limits) {
        ClientModel administration = realm.getName().equals(Config.getAdminRealm())
                ? realm.getMasterAdminClient()
                : realm.getClientByClientId(Constants.REALM_MANAGEMENT_CLIENT_ID);
        boolean permitted = administration != null
                && limits.audiences().contains(administration.getId())
                && ApiKeysProvider.of(session).policy(realm).keycloakRest();
        if (administration != null && !permitted) {
            token.getResourceAccess().remove(administration.getClientId());
        }
    }
}
