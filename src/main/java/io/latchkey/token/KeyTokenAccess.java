package io.latchkey.token;

import io.latchkey.ApiKeysProvider;
import io.latchkey.events.KeyUserEvents;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.model.Restrictions;
import io.latchkey.rest.KeyUseRequestFactory;
import io.latchkey.token.KeycloakRestPath.Area;
import io.latchkey.verify.KeyUseRequest;
import io.latchkey.verify.ScopeLeakCheck;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
import java.util.List;
import java.util.Optional;
import org.keycloak.events.Errors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;

/** Decides whether a token made from a key is valid now, and whether the endpoint of the current request accepts it. */
final class KeyTokenAccess {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ApiKeysProvider apiKeysProvider;

    KeyTokenAccess(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.apiKeysProvider = ApiKeysProvider.of(session);
    }

    /** Whether the token may be used at Keycloak's account and admin REST, or at Latchkey's. */
    boolean covers(AccessToken token) {
        Optional<Accepted> accepted = KeyTokenId.parse(session, token.getId()).flatMap(this::accepted);
        Optional<KeycloakRestPath> there = KeycloakRestPath.here(session);
        if (accepted.isEmpty() || there.isEmpty() || !new KeyTokenNarrowing(session).carries(token, accepted.get())) {
            return false;
        }
        List<String> audiences = accepted.get().key().restrictions().audiences();
        return there.get().area() == Area.FORWARD_AUTH
                || apiKeysProvider.policy(realm).keycloakRest()
                        && there.get()
                                .client(session, realm)
                                .filter(client -> audiences.contains(client.getId()))
                                .filter(client -> isMeantFor(token, client))
                                .isPresent();
    }

    /** A token requested for one audience of its key must not be accepted at the others. */
    private boolean isMeantFor(AccessToken token, ClientModel client) {
        return token.hasAudience(client.getClientId())
                || token.getResourceAccess(client.getClientId()) != null
                || KeyTokenId.isLightweight(session, token.getId())
                        && RequestedAudienceClaim.of(token)
                                .map(asked -> asked.contains(client.getClientId()))
                                .orElse(true);
    }

    /** The key behind a token, if both are still valid in the realm of this request. */
    Optional<Accepted> accepted(KeyTokenId made) {
        if (realm == null
                || !(apiKeysProvider.verifier().recheck(realm, made.key()) instanceof Accepted accepted)
                || !isAdmittedHere(accepted)) {
            return Optional.empty();
        }
        Restrictions limits = accepted.key().restrictions();
        ClientModel client = realm.getClientById(made.clientId());
        boolean narrow = client != null
                && (limits.scopes().isEmpty() || excess(client, limits).isEmpty());
        return narrow ? Optional.of(accepted) : Optional.empty();
    }

    /**
     * Whether a token is used from an address and an origin of its key. Forward-auth and introspection check that themselves,
     * for the caller that the gateway or the API names.
     */
    private boolean isAdmittedHere(Accepted accepted) {
        Optional<KeycloakRestPath> there = KeycloakRestPath.here(session);
        if (KeycloakRestPath.isIntrospection(session)
                || there.filter(path -> path.area() == Area.FORWARD_AUTH).isPresent()) {
            return true;
        }
        KeyUseRequest request = KeyUseRequestFactory.of(session, "");
        if (apiKeysProvider.verifier().admit(realm, accepted, request) instanceof Rejected rejected) {
            String endpoint = there.isPresent() ? "keycloak-rest" : "token";
            apiKeysProvider
                    .rejectedUses()
                    .record(KeyUserEvents.ofUse(endpoint, session), request, rejected, Errors.INVALID_TOKEN);
            return false;
        }
        return true;
    }

    private List<String> excess(ClientModel client, Restrictions limits) {
        OwnerCache ownerCache = apiKeysProvider.ownerCache();
        return ownerCache.computeIfAbsent(
                ownerCache.attachments(realm),
                new Excess(client.getId(), limits.scopes()),
                () -> ScopeLeakCheck.excess(client, limits));
    }

    private record Excess(String clientId, List<String> scopes) {}
}
