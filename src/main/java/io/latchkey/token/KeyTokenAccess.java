package io.latchkey.token;

import io.latchkey.ApiKeysProvider;
import io.latchkey.model.Restrictions;
import io.latchkey.verify.Verification.Accepted;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;

/** Decides whether a token made from a key may be used at Keycloak's account and admin REST, and at Latchkey's. */
final class KeyTokenAccess {

    private final KeycloakSession session;
    private final RealmModel realm;

    KeyTokenAccess(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    boolean covers(AccessToken token) {
        Optional<Accepted> accepted = KeyTokenId.parse(session, token.getId())
                .flatMap(made -> KeyTokenRevokedTokenProvider.accepted(session, made));
        Optional<KeycloakRestPath> there = KeycloakRestPath.here(session);
        if (accepted.isEmpty() || there.isEmpty() || !new KeyTokenNarrowing(session).carries(token, accepted.get())) {
            return false;
        }
        Restrictions limits = accepted.get().key().restrictions();
        if (there.get().area() == KeycloakRestPath.Area.FORWARD_AUTH) {
            return true;
        }
        return ApiKeysProvider.of(session).policy(realm).keycloakRest()
                && there.get()
                        .client(session, realm)
                        .filter(client -> limits.audiences().contains(client.getId()))
                        .filter(client -> isMeantFor(token, client))
                        .isPresent();
    }

    /** A token requested for one audience of its key must not be accepted at the others. */
    private boolean isMeantFor(AccessToken token, ClientModel client) {
        return token.hasAudience(client.getClientId())
                || token.getResourceAccess(client.getClientId()) != null
                || KeyTokenId.isLightweight(session, token.getId())
                        && RequestedAudiences.of(token)
                                .map(asked -> asked.contains(client.getClientId()))
                                .orElse(true);
    }
}
