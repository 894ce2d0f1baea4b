package io.latchkey.keys;

import io.latchkey.keycloak.KeyUserSessions;
import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.model.ApiKey;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;

/** Ends the realm sessions that a key opened. */
public final class OwnerSessions {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(OwnerSessions.class));

    private OwnerSessions() {}

    /**
     * As far as they can be reached: a session may be known to a node that hangs, which must not keep a key alive. Nothing can be
     * made from the rest, and {@link KeySessionPurgeTask} ends it.
     */
    static void endReachable(KeycloakSession session, RealmModel realm, ApiKey key) {
        try {
            end(session, realm, key);
        } catch (RuntimeException failed) {
            if (session.getTransactionManager().getRollbackOnly()) {
                // It was the database: nothing that is done here now would last.
                throw failed;
            }
            LOG.warn(
                    "Sessions that API key " + key.id() + " has opened could not be ended and are left for later",
                    failed);
        }
    }

    static void end(KeycloakSession session, RealmModel realm, ApiKey key) {
        UserModel owner = session.users().getUserById(realm, key.owner().id());
        if (owner == null) {
            return;
        }
        UserSessionProvider sessions = session.sessions();
        opened(sessions.getUserSessionsStream(realm, owner), key)
                .forEach(userSession -> sessions.removeUserSession(realm, userSession));
        opened(sessions.getOfflineUserSessionsStream(realm, owner), key)
                .forEach(userSession -> sessions.removeOfflineUserSession(realm, userSession));
    }

    private static List<UserSessionModel> opened(Stream<UserSessionModel> candidates, ApiKey key) {
        return candidates
                .filter(candidate -> key.id().value().equals(candidate.getNote(KeyUserSessions.KEY_NOTE)))
                .toList();
    }
}
