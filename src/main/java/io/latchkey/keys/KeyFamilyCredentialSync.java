package io.latchkey.keys;

import io.latchkey.events.KeyUserEvents;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.KeyStatus;
import io.latchkey.model.OwnerType;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;

/**
 * Maintains one credential entry per key family at the user, which Keycloak's own consoles list. The entry cannot
 * authenticate; the keys are in Latchkey's table. Service accounts cannot have credentials.
 */
record KeyFamilyCredentialSync(KeycloakSession session, RealmModel realm, ApiKeyStore keys) {

    /** Updates the entry of a key's family as the keys on record require. */
    void sync(ApiKey key, Instant now) {
        UserModel user = key.owner().type() == OwnerType.USER
                ? session.users().getUserById(realm, key.owner().id())
                : null;
        if (user == null) {
            return;
        }
        Optional<ApiKey> newest = keys.family(realm.getId(), key.family()).stream()
                .filter(candidate -> isListed(candidate.statusAt(now)))
                .max(Comparator.comparing(ApiKey::createdAt));
        SubjectCredentialManager credentials = user.credentialManager();
        CredentialModel entry = credentials.getStoredCredentialById(key.family());
        if (newest.isEmpty()) {
            if (entry != null) {
                credentials.removeStoredCredentialById(key.family());
            }
        } else if (entry != null) {
            String label = label(newest.get());
            // A user may have given it to another entry in the console; that must not hinder an administrator.
            entry.setUserLabel(isTaken(label, entry, credentials) ? entry.getUserLabel() : label);
            credentials.updateStoredCredential(describe(entry, newest.get()));
        } else {
            new SigningInFlow(session, realm).ensure();
            CredentialModel fresh = new CredentialModel();
            fresh.setId(key.family());
            fresh.setUserLabel(label(newest.get()));
            credentials.createStoredCredential(describe(fresh, newest.get()));
        }
    }

    private static boolean isListed(KeyStatus status) {
        return status.usable() || status == KeyStatus.DISABLED;
    }

    /** Keycloak refuses equal labels of one type, ignoring case; the preview keeps them apart. */
    private static String label(ApiKey key) {
        return key.name() + " (" + key.preview() + ")";
    }

    private static boolean isTaken(String label, CredentialModel entry, SubjectCredentialManager credentials) {
        return credentials
                .getStoredCredentialsByTypeStream(KeyUserEvents.CREDENTIAL_TYPE)
                .anyMatch(
                        other -> !other.getId().equals(entry.getId()) && label.equalsIgnoreCase(other.getUserLabel()));
    }

    private static CredentialModel describe(CredentialModel entry, ApiKey key) {
        entry.setType(KeyUserEvents.CREDENTIAL_TYPE);
        entry.setCreatedDate(key.createdAt().toEpochMilli());
        entry.setSecretData("{}");
        entry.setCredentialData("{\"keyId\":\"" + key.id() + "\",\"preview\":\"" + key.preview() + "\",\"expiresAt\":"
                + key.expiresAt().map(end -> "\"" + end + "\"").orElse("null") + ",\"enabled\":" + key.enabled() + "}");
        return entry;
    }
}
