package io.latchkey.rest.account;

import io.latchkey.keycloak.AccountCaller;
import io.latchkey.keys.Actor;
import io.latchkey.keys.KeyChangeRefusal;
import io.latchkey.keys.ReferenceVisibility;
import io.latchkey.policy.RealmPolicy;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * Decides whether an access token may create, rotate or loosen keys, by its client, the user's sign-in and the age of
 * that. Other changes only narrow a key and need no such token.
 */
record ManagementTokenCheck(KeycloakSession session, RealmPolicy policy) {

    Actor actor(AccountCaller caller) {
        return new Actor(
                caller.user().getId(),
                false,
                Optional.of(caller.clientId()),
                ReferenceVisibility.EVERYTHING,
                barrier(caller));
    }

    /** Why this caller may do none of that; empty for a caller who may. */
    Optional<KeyChangeRefusal> barrier(AccountCaller caller) {
        if (!policy.managementClients().contains(caller.clientId())) {
            return Optional.of(KeyChangeRefusal.clientNotAllowed());
        }
        return caller.hasSignedIn(session) ? Optional.empty() : Optional.of(KeyChangeRefusal.impersonated());
    }

    /** Whether the user signed in as recently as the policy requires for a new key. */
    boolean isRecent(AccountCaller caller, Instant now) {
        return policy.reauthAge()
                .map(limit -> caller.signedInAt()
                        .filter(at -> !at.plus(limit).isBefore(now))
                        .isPresent())
                .orElse(true);
    }
}
