package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the policy says {@code session=online}, a key opens a session, which ends with the key. */
@EveryRelease
class OnlineSessionIT {

    private static final String NEAR = "192.0.2.1";
    private static final String FAR = "198.51.100.7";
    private static final String PAGE = "https://app.example.org";

    private static RealmFixture realm;
    private static RealmSetup setup;
    private static int users;

    private String name;
    private String owner;
    private Answer key;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of("latchkey.session", "online"));
        setup = new RealmSetup(realm);
        // Callers come from other addresses, without TLS.
        setup.realm(Map.of("sslRequired", "none"));
        setup.client("app", Map.of("webOrigins", List.of(PAGE)));
    }

    @BeforeEach
    void createKey() {
        users++;
        name = "user" + users;
        owner = realm.user(name);
        key = realm.createKey(name, "key");
        realm.master()
                .post(realm.admin("/users/" + owner + "/logout"), Map.of())
                .expect(204);
    }

    @Test
    void theSessionIsListedAndItsRefreshTokenWorks() {
        Answer opened = exchange();

        assertEquals(1, setup.sessionsOf(owner).size());
        assertTrue(opened.json().has("refresh_token"));
        Answer refreshed = refresh(opened).expect(200);
        assertEquals(
                key.text("id"),
                AccessTokens.claims(refreshed).path("api_key_id").asText());
    }

    @Test
    void aRefreshedTokenOpensNoneOfKeycloaksOwnDoors() {
        setup.makeRealmAdmin(owner);
        String token = refresh(exchange()).expect(200).text("access_token");

        ApiClient caller = realm.anyone().as(token).with("Accept", "application/json");
        assertEquals(401, caller.get("/realms/" + realm.name() + "/account").status());
        assertEquals(401, caller.get(realm.admin("/users")).status());
        assertEquals(401, caller.get(realm.keys()).status());
    }

    @Test
    void aRevokedKeyTakesItsSessionAlong() {
        Answer opened = exchange();

        realm.signedIn(name).delete(realm.keys() + "/" + key.text("id")).expect(204);

        assertOver(opened);
    }

    @Test
    void aDisabledKeyTakesItsSessionAlong() {
        Answer opened = exchange();

        realm.signedIn(name)
                .patch(realm.keys() + "/" + key.text("id"), Map.of("enabled", false))
                .expect(200);

        assertOver(opened);
    }

    @Test
    void aKeyReplacedAtOnceTakesItsSessionAlong() {
        Answer opened = exchange();

        realm.signedIn(name)
                .post(realm.keys() + "/" + key.text("id") + "/rotate", Map.of("gracePeriod", "PT0S"))
                .expect(201);

        assertOver(opened);
    }

    @Test
    void aKeyRemovedAmongTheCredentialsTakesItsSessionAlong() {
        Answer opened = exchange();

        realm.master()
                .delete(realm.admin("/users/" + owner + "/credentials/" + key.text("family")))
                .expect(204);

        assertOver(opened);
    }

    @Test
    void anAdministratorWhoDisablesTheKeyEndsItsSession() {
        Answer opened = exchange();

        realm.master()
                .patch(realm.adminKeys() + "/" + key.text("id"), Map.of("enabled", false))
                .expect(200);

        assertOver(opened);
    }

    @Test
    void anExpiredKeyIsNotRefreshed() {
        String soon = Instant.now().plusSeconds(4).toString();
        realm.signedIn(name)
                .patch(realm.keys() + "/" + key.text("id"), Map.of("expiresAt", soon))
                .expect(200);
        Answer refreshed = exchange();
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        Answer last = refreshed;
        while (refreshed.status() == 200 && Instant.now().isBefore(deadline)) {
            last = refreshed;
            refreshed = refresh(last);
        }

        assertEquals(400, refreshed.status(), refreshed::text);
        assertEquals("invalid_grant", refreshed.text("error"));
        assertTrue(AccessTokens.claims(last.text("refresh_token")).path("exp").asLong()
                <= Instant.parse(soon).getEpochSecond());
    }

    @Test
    void theSessionsOfOtherKeysStay() {
        Answer other = realm.createKey(name, "other");
        Answer kept = realm.exchange(other.text("key")).expect(200);
        exchange();

        realm.master().delete(realm.adminKeys() + "/" + key.text("id")).expect(204);

        refresh(kept).expect(200);
    }

    @Test
    void offlineAccessIsRefusedHereToo() {
        Answer answer = realm.exchange(key.text("key"), Map.of("scope", "offline_access"));

        assertEquals("invalid_scope", answer.expect(400).text("error"));
        assertEquals(0, setup.sessionsOf(owner).size());
    }

    @Test
    void restrictionsOfTheKeyHoldForItsRefreshToken() {
        restrict(Map.of("allowedIps", List.of(NEAR)));
        Answer opened = realm.from(NEAR).exchange(key.text("key")).expect(200);
        Answer near = realm.from(NEAR).refresh("app", opened).expect(200);

        assertEquals(
                "invalid_grant",
                realm.from(FAR).refresh("app", near).expect(400).text("error"));
        assertWritten("REFRESH_TOKEN_ERROR", "api_key_address_not_allowed");
        realm.from(NEAR).refresh("app", near).expect(200);

        restrict(Map.of("allowedOrigins", List.of(PAGE)));
        assertEquals(
                "invalid_grant",
                realm.from(NEAR).refresh("app", near).expect(400).text("error"));
        assertWritten("REFRESH_TOKEN_ERROR", "api_key_origin_not_allowed");
        realm.from(NEAR).sending("Origin", PAGE).refresh("app", near).expect(200);
    }

    @Test
    void addressesOfTheKeyHoldForTheExchangeOfItsToken() {
        setup.client("service", Map.of("attributes", Map.of("standard.token.exchange.enabled", "true")));
        setup.audience("app", "service");
        restrict(Map.of("allowedIps", List.of(NEAR)));
        String token = realm.from(NEAR).exchange(key.text("key")).expect(200).text("access_token");
        Map<String, String> form = Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "client_id", "service",
                "client_secret", RealmFixture.SECRET,
                "subject_token", token,
                "subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
        ApiClient anyone = realm.anyone();

        Answer far = anyone.with("X-Forwarded-For", FAR).form(realm.token(), form);

        assertEquals(400, far.status(), far::text);
        assertWritten("OAUTH2_EXTENSION_GRANT_ERROR", "api_key_address_not_allowed");
        anyone.with("X-Forwarded-For", NEAR).form(realm.token(), form).expect(200);
    }

    private void restrict(Map<String, ?> restrictions) {
        realm.master()
                .patch(realm.adminKeys() + "/" + key.text("id"), restrictions)
                .expect(200);
    }

    private void assertWritten(String type, String reason) {
        WrittenRefusals.await(realm);
        assertTrue(
                ServerLog.with(reason).stream().anyMatch(line -> line.contains(type) && line.contains(key.text("id"))),
                () -> ServerLog.with(key.text("id")).toString());
    }

    private Answer exchange() {
        return realm.exchange(key.text("key")).expect(200);
    }

    private static Answer refresh(Answer tokens) {
        return realm.refresh("app", tokens);
    }

    private void assertOver(Answer opened) {
        Answer refreshed = refresh(opened);
        assertEquals(400, refreshed.status(), refreshed::text);
        assertEquals("invalid_grant", refreshed.text("error"));
        assertFalse(realm.introspect(opened.text("access_token"))
                .json()
                .path("active")
                .asBoolean());
        setup.sessionsOf(owner)
                .forEach(session -> assertFalse(
                        session.path("id").asText().equals(opened.text("session_state")), session::toString));
    }
}
