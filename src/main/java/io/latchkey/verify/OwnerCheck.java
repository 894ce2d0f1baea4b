package io.latchkey.verify;

import io.latchkey.keycloak.KeycloakUsers;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.model.ApiKey;
import io.latchkey.model.OwnerType;
import io.latchkey.policy.RealmPolicy;
import io.latchkey.policy.RealmPolicy.OwnerLockoutMode;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Decides whether a key's owner may use it now: enabled, not locked out, no pending verification or required action, not
 * over the key limit.
 */
public final class OwnerCheck {

    private final KeycloakSession session;
    private final OwnerCache ownerCache;
    private final KeysPerOwnerCheck keysPerOwnerCheck;

    public OwnerCheck(KeycloakSession session, OwnerCache ownerCache, KeysPerOwnerCheck keysPerOwnerCheck) {
        this.session = session;
        this.ownerCache = ownerCache;
        this.keysPerOwnerCheck = keysPerOwnerCheck;
    }

    Verification check(RealmModel realm, ApiKey key) {
        UserModel owner = ownerCache.user(realm, key.owner().id());
        if (owner == null) {
            return Verification.rejected(Reason.OWNER_MISSING, key);
        }
        Optional<Reason> reason = owner.isEnabled()
                ? key.owner().type() == OwnerType.SERVICE_ACCOUNT ? client(realm, owner) : person(realm, owner)
                : Optional.of(Reason.OWNER_DISABLED);
        // Plans last, because they are found by reading all roles.
        return reason.or(() -> suspended(realm, key, owner))
                .map(why -> Verification.rejected(why, key))
                .orElseGet(() -> new Verification.Accepted(key, owner));
    }

    private Optional<Reason> suspended(RealmModel realm, ApiKey key, UserModel owner) {
        return keysPerOwnerCheck.isSuspended(realm, key, owner) ? Optional.of(Reason.SUSPENDED) : Optional.empty();
    }

    private static Optional<Reason> client(RealmModel realm, UserModel account) {
        String link = account.getServiceAccountClientLink();
        ClientModel client = link == null ? null : realm.getClientById(link);
        return client != null && client.isEnabled() && client.isServiceAccountsEnabled()
                ? Optional.empty()
                : Optional.of(Reason.CLIENT_DISABLED);
    }

    private Optional<Reason> person(RealmModel realm, UserModel owner) {
        // The cheap check first: most realms lock no owner out.
        if (KeycloakUsers.isLocked(session, realm, owner)
                && RealmPolicy.read(realm::getAttribute).lockout() == OwnerLockoutMode.HONOR) {
            return Optional.of(Reason.OWNER_LOCKED);
        }
        if (realm.isVerifyEmail() && hasUnverifiedMail(owner)) {
            return Optional.of(Reason.OWNER_MAIL_UNVERIFIED);
        }
        // As Keycloak's own grants without a page do: password, JWT authorization.
        return owner.getRequiredActionsStream().findAny().isPresent()
                ? Optional.of(Reason.OWNER_ACTION_REQUIRED)
                : Optional.empty();
    }

    /** Keycloak requires no verification of a missing mail address (26.7: {@code VerifyEmail.evaluateTriggers}). */
    private static boolean hasUnverifiedMail(UserModel owner) {
        String mail = owner.getEmail();
        return mail != null && !mail.isBlank() && !owner.isEmailVerified();
    }
}
