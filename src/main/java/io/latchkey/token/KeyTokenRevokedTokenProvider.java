package io.latchkey.token;

import io.latchkey.ApiKeysProvider;
import io.latchkey.events.KeyUserEvents;
import io.latchkey.http.Unavailability;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.model.Restrictions;
import io.latchkey.rest.KeyUseRequests;
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
import org.keycloak.models.RevokedTokenProvider;

/**
 * Treats a token made from a key as revoked once the key is no longer valid, or would now give less than the token has.
 * All other tokens are decided by Keycloak's own provider.
 */
final class KeyTokenRevokedTokenProvider implements RevokedTokenProvider {

    private final KeycloakSession session;
    private final RevokedTokenProvider keycloak;

    /** @param keycloak the provider that Keycloak would use without Latchkey */
    KeyTokenRevokedTokenProvider(KeycloakSession session, RevokedTokenProvider keycloak) {
        this.session = session;
        this.keycloak = keycloak;
    }

    @Override
    public boolean put(String id, long lifespanSeconds) {
        boolean first = keycloak.put(id, lifespanSeconds);
        ApiKeysProvider.responseCache().evictAll();
        return first;
    }

    @Override
    public boolean contains(String id) {
        return keycloak.contains(id)
                || KeyTokenId.parse(session, id)
                        .filter(made -> Unavailability.guard(() -> accepted(session, made))
                                .isEmpty())
                        .isPresent();
    }

    /** Whether this very token was revoked, whatever became of its key. */
    static boolean isRevokedAlone(KeycloakSession session, String id) {
        RevokedTokenProvider provider = session.getProvider(RevokedTokenProvider.class);
        return (provider instanceof KeyTokenRevokedTokenProvider ours ? ours.keycloak : provider).contains(id);
    }

    /** The key behind a token, if both are still good in the realm of this request. */
    static Optional<Accepted> accepted(KeycloakSession session, KeyTokenId made) {
        RealmModel realm = session.getContext().getRealm();
        if (realm == null
                || !(ApiKeysProvider.of(session).verifier().recheck(realm, made.key()) instanceof Accepted good)) {
            return Optional.empty();
        }
        if (!isAdmittedHere(session, good)) {
            return Optional.empty();
        }
        Restrictions limits = good.key().restrictions();
        ClientModel client = realm.getClientById(made.clientId());
        boolean narrow = client != null
                && (limits.scopes().isEmpty() || excess(session, client, limits).isEmpty());
        return narrow ? Optional.of(good) : Optional.empty();
    }

    /**
     * Whether a token is used from an address and an origin of its key. Forward-auth and introspection check that themselves,
     * for the caller that the gateway or the API names.
     */
    private static boolean isAdmittedHere(KeycloakSession session, Accepted good) {
        Optional<KeycloakRestPath> there = KeycloakRestPath.here(session);
        if (KeycloakRestPath.isIntrospection(session)
                || there.filter(path -> path.area() == KeycloakRestPath.Area.FORWARD_AUTH)
                        .isPresent()) {
            return true;
        }
        RealmModel realm = session.getContext().getRealm();
        ApiKeysProvider apiKeysProvider = ApiKeysProvider.of(session);
        KeyUseRequest request = KeyUseRequests.of(session, "");
        if (apiKeysProvider.verifier().admit(realm, good, request) instanceof Rejected rejected) {
            apiKeysProvider
                    .rejectedUses()
                    .record(
                            KeyUserEvents.ofUse(there.isPresent() ? "keycloak-rest" : "token", session),
                            request,
                            rejected,
                            Errors.INVALID_TOKEN);
            return false;
        }
        return true;
    }

    private static List<String> excess(KeycloakSession session, ClientModel client, Restrictions limits) {
        OwnerCache ownerCache = ApiKeysProvider.of(session).ownerCache();
        return ownerCache.computeIfAbsent(
                ownerCache.attachments(client.getRealm()),
                new Excess(client.getId(), limits.scopes()),
                () -> ScopeLeakCheck.excess(client, limits));
    }

    @Override
    public void close() {}

    private record Excess(String clientId, List<String> scopes) {}
}
