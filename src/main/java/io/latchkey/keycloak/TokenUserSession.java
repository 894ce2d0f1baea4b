package io.latchkey.keycloak;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.representations.AccessToken;

/**
 * The user session behind an access token. Looked up by the token's {@code sid} and not taken from Keycloak's authentication, which
 * makes a transient session where none is stored (26.7: {@code UserSessionUtil.findValidSession}).
 *
 * @param stored whether Keycloak stores a session of that id, online or offline
 * @param impersonated whether the token or the session says that another person acts for the user
 */
public record TokenUserSession(boolean stored, boolean impersonated) {

    /** Names the actor who uses the token for its subject (RFC 8693, section 4.1). */
    private static final String ACTOR = "act";

    /** @param realm the realm that issued the token */
    public static TokenUserSession of(KeycloakSession session, RealmModel realm, AccessToken token) {
        UserSessionProvider sessions = session.sessions();
        Stream<UserSessionModel> found = Optional.ofNullable(token.getSessionId()).stream()
                .flatMap(id -> Stream.of(sessions.getUserSession(realm, id), sessions.getOfflineUserSession(realm, id)))
                .filter(Objects::nonNull);
        return of(hasActor(token), found.toList());
    }

    private static TokenUserSession of(boolean actor, List<UserSessionModel> found) {
        // IMPERSONATOR_CLIENT marks sessions of an ordinary token exchange and says nothing about another person.
        boolean noted = found.stream()
                .anyMatch(stored -> stored.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()) != null);
        return new TokenUserSession(!found.isEmpty(), actor || noted);
    }

    /** Whether the user signed in personally: a token without a stored session does not show who did. */
    boolean showsLogin() {
        return stored && !impersonated;
    }

    static boolean hasActor(AccessToken token) {
        return token.getOtherClaims().containsKey(ACTOR);
    }
}
