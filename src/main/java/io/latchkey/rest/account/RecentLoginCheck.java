package io.latchkey.rest.account;

import io.latchkey.ApiKeysProvider;
import io.latchkey.keycloak.AccountCaller;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.models.RealmModel;

/** Checks whether a user signed in as recently as the policy requires for a new key. */
final class RecentLoginCheck {

    private RecentLoginCheck() {}

    static boolean of(ApiKeysProvider apiKeysProvider, RealmModel realm, AccountCaller caller) {
        Optional<Duration> limit = apiKeysProvider.policy(realm).reauthAge();
        return limit.isEmpty()
                || caller.signedInAt()
                        .filter(at -> !at.plus(limit.get())
                                .isBefore(apiKeysProvider.clock().instant()))
                        .isPresent();
    }
}
