package io.latchkey.keycloak;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.representations.AccessToken;

/**
 * Tells whether Keycloak stores the user session of an access token, and whether another person acts for its user. Reads
 * it by the token's {@code sid}, because Keycloak's authentication creates a transient session if none is stored (26.7:
 * {@code UserSessionUtil.findValidSession}).
 *
 * @param stored whether Keycloak stores a session of that id, online or offline
 * @param impersonated whether token or session show that another person acts for the user
 */
public record TokenUserSession(boolean stored, boolean impersonated) {

    /** Claim of the actor who uses the token for its subject (RFC 8693, section 4.1). */
    private static final String ACTOR = "act";

    /** @param realm the realm that issued the token */
    public static TokenUserSession of(KeycloakSession session, RealmModel realm, AccessToken token) {
        UserSessionProvider sessions = session.sessions();
        List<UserSessionModel> found = Stream.ofNullable(token.getSessionId())
                .flatMap(id -> Stream.of(sessions.getUserSession(realm, id), sessions.getOfflineUserSession(realm, id)))
                .filter(Objects::nonNull)
                .toList();
        // IMPERSONATOR_CLIENT marks sessions of an ordinary token exchange and shows no other person.
        boolean noted = found.stream()
                .anyMatch(stored -> stored.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()) != null);
        return new TokenUserSession(!found.isEmpty(), noted || hasActor(token));
    }

    /** Whether the user signed in personally. A token without a stored session does not show it. */
    boolean showsLogin() {
        return stored && !impersonated;
    }

    static boolean hasActor(AccessToken token) {
        return token.getOtherClaims().containsKey(ACTOR);
    }
}
