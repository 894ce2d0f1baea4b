package io.latchkey.keycloak;

import io.latchkey.model.CallerAndLastHop;
import java.util.Optional;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** Creates admin events for an administrator whose request has ended (26.7: {@code AdminEventBuilder}). */
public final class AdminEvents {

    private AdminEvents() {}

    /** @param administrator of an earlier admin event */
    public static AdminEventBuilder of(KeycloakSession session, RealmModel realm, AuthDetails administrator) {
        RealmModel home = session.realms().getRealm(administrator.getRealmId());
        // Keycloak reads users in the realm of the session only.
        session.getContext().setRealm(home);
        UserModel user = session.users().getUserById(home, administrator.getUserId());
        session.getContext().setRealm(realm);
        AdminAuth auth = new AdminAuth(home, null, user, home.getClientById(administrator.getClientId()));
        CallerAndLastHop address = CallerAndLastHop.behind(Optional.ofNullable(administrator.getIpAddress()));
        return new AdminEventBuilder(realm, auth, session, new CallerConnection(address));
    }
}
