package io.latchkey.keycloak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.fakes.Stub;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.representations.AccessToken;

final class TokenUserSessionTest {

    private static final String SID = "sid";

    private UserSessionModel online;
    private UserSessionModel offline;

    @Test
    void aTokenWithoutSessionIdHasNoStoredSession() {
        online = session(Map.of());

        assertEquals(new TokenUserSession(false, false), of(new AccessToken()));
    }

    @Test
    void aSessionIdThatNobodyStoresIsNoSession() {
        assertEquals(new TokenUserSession(false, false), of(token()));
    }

    @Test
    void anOnlineOrOfflineSessionIsStored() {
        online = session(Map.of());
        assertEquals(new TokenUserSession(true, false), of(token()));

        online = null;
        offline = session(Map.of());
        assertEquals(new TokenUserSession(true, false), of(token()));
    }

    @Test
    void onlyAStoredSessionWithoutImpersonatorShowsALogin() {
        assertTrue(new TokenUserSession(true, false).showsLogin());
        assertFalse(new TokenUserSession(false, false).showsLogin());
        assertFalse(new TokenUserSession(true, true).showsLogin());
    }

    @Test
    void theNoteOfAnImpersonatorCountsInEither() {
        Map<String, String> note = Map.of(ImpersonationSessionNote.IMPERSONATOR_ID.toString(), "imp");

        online = session(note);
        assertEquals(new TokenUserSession(true, true), of(token()));
        online = session(Map.of());
        offline = session(note);
        assertEquals(new TokenUserSession(true, true), of(token()));
    }

    @Test
    void theClientOfAnExchangeIsNoImpersonator() {
        online = session(Map.of(ImpersonationSessionNote.IMPERSONATOR_CLIENT.toString(), "service"));

        assertEquals(new TokenUserSession(true, false), of(token()));
    }

    @Test
    void anActorInTheTokenCountsWithoutASession() {
        AccessToken token = new AccessToken();
        token.setOtherClaims("act", Map.of("sub", "imp"));

        assertEquals(new TokenUserSession(false, true), of(token));
    }

    private TokenUserSession of(AccessToken token) {
        UserSessionProvider sessions = Stub.of(UserSessionProvider.class)
                .answering("getUserSession", sent -> SID.equals(sent[1]) ? online : null)
                .answering("getOfflineUserSession", sent -> SID.equals(sent[1]) ? offline : null)
                .make();
        KeycloakSession session =
                Stub.of(KeycloakSession.class).with("sessions", sessions).make();
        return TokenUserSession.of(session, Stub.of(RealmModel.class).make(), token);
    }

    private static AccessToken token() {
        AccessToken token = new AccessToken();
        token.setSessionId(SID);
        return token;
    }

    private static UserSessionModel session(Map<String, String> notes) {
        return Stub.of(UserSessionModel.class)
                .answering("getNote", sent -> notes.get(sent[0]))
                .make();
    }
}
