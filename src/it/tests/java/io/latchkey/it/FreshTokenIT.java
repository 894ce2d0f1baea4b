package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A token that is still fresh is handed out again, and never once anything about it could have changed. */
class FreshTokenIT {

    // A token is kept for ten seconds at most, and a loaded machine may take a while between two requests.
    private static final int TRIES = 20;

    private static RealmFixture realm;
    private static RealmSetup setup;
    private static String alice;
    private static Answer key;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
        setup = new RealmSetup(realm);
        alice = realm.user("alice");
        setup.client(Map.of("clientId", "other", "publicClient", true));
        setup.audience("app", "service");
        key = realm.createKey("alice", "key");
    }

    @Test
    void itIsHandedOutAgain() {
        assertTrue(isRepeated(Map.of()));
        assertTrue(isRepeated(Map.of("scope", "profile")));
        assertTrue(isRepeated(Map.of("audience", "service")));
    }

    @Test
    void theAnswerSaysHowLongItIsStillGood() {
        Answer answer = realm.exchange(key.text("key")).expect(200);
        Answer again = realm.exchange(key.text("key")).expect(200);

        long end = AccessTokens.claims(again).path("exp").asLong();
        long lifespan = again.json().path("expires_in").asLong();
        assertTrue(lifespan > 0 && lifespan <= answer.json().path("expires_in").asLong(), again::text);
        assertTrue(end - AccessTokens.claims(again).path("iat").asLong() >= lifespan, again::text);
        assertEquals(answer.text("scope"), again.text("scope"));
        assertEquals("Bearer", again.text("token_type"));
    }

    @Test
    void otherWishesGetOtherTokens() {
        String token = token(Map.of());

        assertNotEquals(token, token(Map.of("scope", "profile")));
        assertNotEquals(token, token(Map.of("audience", "service")));
        assertNotEquals(token, token(Map.of("client_id", "other")));
        assertNotEquals(
                token,
                realm.exchange(realm.createKey("alice", "other").text("key")).text("access_token"));
    }

    @Test
    void aChangeOfTheOwnerEndsIt() {
        assertEndedBy(() -> setup.user(alice, Map.of("firstName", "Alicia")));
        assertEndedBy(() -> setup.grantNewRole(alice, "reader"));
        assertTrue(hasRole("reader"));
        assertEndedBy(() -> setup.withdrawRole(alice, "reader"));
        assertFalse(hasRole("reader"));
    }

    @Test
    void aChangeOfTheKeyEndsIt() {
        assertEndedBy(() -> realm.signedIn("alice")
                .patch(realm.keys() + "/" + key.text("id"), Map.of("description", "changed"))
                .expect(200));
    }

    @Test
    void aChangeOfClientScopeRealmOrRoleEndsIt() {
        assertEndedBy(() -> setup.client("app", Map.of("name", "another")));
        assertEndedBy(() -> setup.client("app", Map.of("attributes", Map.of("access.token.lifespan", "120"))));
        assertEndedBy(() -> realm.master()
                .post(realm.admin("/client-scopes"), Map.of("name", "more", "protocol", "openid-connect"))
                .expect(201));
        assertEndedBy(() -> realm.master()
                .put(realm.admin(""), Map.of("displayName", "another"))
                .expect(204));
        assertEndedBy(() -> realm.master()
                .put(realm.admin("/roles/offline_access"), Map.of("name", "offline_access", "description", "x"))
                .expect(204));
    }

    @Test
    void aTokenThatWasRevokedIsNotHandedOutAgain() {
        String token = token(Map.of());

        realm.anyone()
                .form(
                        "/realms/" + realm.name() + "/protocol/openid-connect/revoke",
                        Map.of("client_id", "app", "token", token))
                .expect(200);

        assertNotEquals(token, token(Map.of()));
    }

    @Test
    void itIsNeverSharedWhereItIsBoundToTheCaller() {
        String url = LatchkeyServer.url() + realm.token();
        DpopKey caller = new DpopKey();

        String first = bound(caller.proof("POST", url));
        String second = bound(caller.proof("POST", url));

        assertNotEquals(first, second);
        assertNotEquals(second, token(Map.of()));
    }

    @Test
    void onlineSessionsHaveTheirOwn() {
        try (RealmFixture own = RealmFixture.create(Map.of("latchkey.session", "online"))) {
            own.user("bob");
            String online = own.createKey("bob", "key").text("key");

            assertNotEquals(
                    own.exchange(online).expect(200).text("access_token"),
                    own.exchange(online).expect(200).text("access_token"));
        }
    }

    private static boolean hasRole(String role) {
        return AccessTokens.claims(token(Map.of()))
                .at("/realm_access/roles")
                .toString()
                .contains(role);
    }

    private static void assertEndedBy(Runnable change) {
        assertTrue(isRepeated(Map.of()));
        String before = token(Map.of());

        change.run();

        assertNotEquals(before, token(Map.of()));
    }

    private static boolean isRepeated(Map<String, String> wish) {
        for (int i = 0; i < TRIES; i++) {
            if (token(wish).equals(token(wish))) {
                return true;
            }
        }
        return false;
    }

    private static String bound(String proof) {
        return realm.anyone()
                .with("DPoP", proof)
                .with("X-API-Key", key.text("key"))
                .form(realm.token(), Map.of("grant_type", RealmFixture.GRANT, "client_id", "app"))
                .expect(200)
                .text("access_token");
    }

    private static String token(Map<String, String> wish) {
        return realm.exchange(key.text("key"), wish).expect(200).text("access_token");
    }
}
