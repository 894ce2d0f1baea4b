package io.latchkey.keys;

import io.latchkey.model.Activation;
import io.latchkey.model.EditableKeySettings;
import io.latchkey.model.Restrictions;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;

/** Decides whether a change lets a key do more, or work longer, than before. */
final class LooseningCheck {

    private LooseningCheck() {}

    /**
     * More or no scopes, audiences, addresses or origins, a later or no end, and enabling.
     *
     * @param realm the realm of the key
     */
    static boolean loosens(RealmModel realm, EditableKeySettings before, EditableKeySettings after) {
        return isOn(after) && !isOn(before)
                || endsLater(before.expiresAt(), after.expiresAt())
                || !after.restrictions().isWithin(before.restrictions())
                || opensKeycloak(realm, before.restrictions(), after.restrictions());
    }

    private static boolean isOn(EditableKeySettings settings) {
        return settings.activation() == Activation.ENABLED;
    }

    private static boolean endsLater(Optional<Instant> before, Optional<Instant> after) {
        return before.isPresent()
                && after.filter(end -> !end.isAfter(before.get())).isEmpty();
    }

    /** Keycloak's own REST takes only keys that name it: there, the first audience of a key permits more. */
    private static boolean opensKeycloak(RealmModel realm, Restrictions before, Restrictions after) {
        Set<String> added = new HashSet<>(after.audiences());
        before.audiences().forEach(added::remove);
        return added.stream()
                .map(realm::getClientById)
                .anyMatch(client -> client != null && standsForKeycloak(realm, client));
    }

    private static boolean standsForKeycloak(RealmModel realm, ClientModel client) {
        String clientId = client.getClientId();
        return clientId.equals(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID)
                || clientId.equals(Constants.REALM_MANAGEMENT_CLIENT_ID)
                // The clients of the admin realm that stand for the administration of the other realms.
                || realm.getName().equals(Config.getAdminRealm()) && clientId.endsWith("-realm");
    }
}
