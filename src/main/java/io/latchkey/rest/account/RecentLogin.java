package io.latchkey.rest.account;

import io.latchkey.Latchkey;
import io.latchkey.adapter.AccountCaller;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.models.RealmModel;

/** Whether somebody signed in as recently as the policy wants it from those who get a key. */
final class RecentLogin {

    private RecentLogin() {}

    static boolean of(Latchkey latchkey, RealmModel realm, AccountCaller caller) {
        Optional<Duration> limit = latchkey.policy(realm).reauthAge();
        return limit.isEmpty()
                || caller.signedInAt()
                        .filter(at ->
                                !at.plus(limit.get()).isBefore(latchkey.clock().instant()))
                        .isPresent();
    }
}
