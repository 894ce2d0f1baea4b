package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What verify and forward-auth answer again without looking: the same, for the same question, and never after a change. */
@EveryRelease
class ResponseCacheIT {

    private RealmFixture realm;
    private RealmSetup setup;
    private ApiCalls api;
    private String alice;
    private Answer key;

    @BeforeEach
    void createRealm() {
        realm = RealmFixture.create(Map.of());
        setup = new RealmSetup(realm);
        api = new ApiCalls(realm);
        alice = realm.user("alice");
        setup.client("service", Map.of("secret", RealmFixture.SECRET));
        key = api.key("plain", Map.of());
    }

    @Test
    void theSameToTheLastHeader() {
        Answer verdict = verify();
        Answer passage = passage();

        awaitRepeating();

        assertEquals(headers(verdict), headers(verify()));
        // The second has the first's token, and has it from the same place as all that follow.
        assertEquals(headers(passage), headers(passage()));
        assertEquals(passage.text(), passage().text());
    }

    @Test
    void eachCountsAsAUse() {
        for (int i = 0; i < 20; i++) {
            verify().expect(200);
            passage().expect(200);
        }

        Eventually.expect(() -> 40
                == realm.master()
                        .get(realm.adminKeys() + "/" + key.text("id"))
                        .json()
                        .path("uses")
                        .asLong());
    }

    @Test
    void whoAsksForAFreshAnswerGetsOne() {
        awaitRepeating();

        assertNotEquals(
                verify().text("cacheUntil"),
                realm.client("service")
                        .with("Cache-Control", "no-cache")
                        .post(realm.keys() + "/verify", question())
                        .text("cacheUntil"));
    }

    @Test
    void onlyToTheSameQuestion() {
        awaitRepeating();
        String other = api.key("other", Map.of()).text("id");

        assertEquals(
                401, realm.anyone().post(realm.keys() + "/verify", question()).status());
        assertEquals(
                401,
                realm.anyone()
                        .with("Authorization", "Basic c2VydmljZTp3cm9uZw==")
                        .post(realm.keys() + "/verify", question())
                        .status());
        assertFalse(api.verify("service", Map.of("key", key.text("key"), "audience", "app"))
                .json()
                .path("valid")
                .asBoolean());
        assertEquals(401, with(key.text("key") + "a").status());
        assertEquals(403, passage("?audience=nowhere").status());
        assertNotEquals(other, passage().header("X-Auth-Key-Id"));
        assertEquals(
                401,
                realm.anyone()
                        .with("X-API-Key", key.text("key"))
                        .with("Authorization", "Bearer no-token")
                        .get(realm.keys() + "/forward-auth")
                        .status());
    }

    @Test
    void whoeverItIsBehindAProxyThatDoesNotSay() {
        ApiClient unknown =
                realm.client("service").with("X-Forwarded-Proto", "https").with("X-Forwarded-For", "unknown");

        for (int i = 0; i < 3; i++) {
            assertEquals(200, unknown.post(realm.keys() + "/verify", question()).status());
        }
    }

    @Test
    void underTheNameThatMetricsHaveForTheDoor() {
        awaitRepeating();

        String metrics =
                new ApiClient(LatchkeyServer.management()).get("/metrics").text();
        assertTrue(metrics.contains("uri=\"/realms/{realm}/{extension}/verify\""), metrics);
        assertFalse(metrics.contains("uri=\"" + realm.keys()));
    }

    @Test
    void notOnceItsTokenIsRevoked() {
        awaitRepeating();
        String token = token(passage());

        realm.anyone()
                .form(
                        "/realms/" + realm.name() + "/protocol/openid-connect/revoke",
                        Map.of("client_id", "app", "token", token))
                .expect(200);

        assertNotEquals(token, token(passage().expect(200)));
    }

    @Test
    void notOnceTheKeyIsDisabled() {
        assertRefused(() -> realm.master()
                .patch(realm.adminKeys() + "/" + key.text("id"), Map.of("enabled", false))
                .expect(200));
    }

    @Test
    void notOnceTheKeyIsRevoked() {
        assertRefused(() ->
                realm.master().delete(realm.adminKeys() + "/" + key.text("id")).expect(204));
    }

    @Test
    void notOnceTheKeyIsMeantForOtherAddresses() {
        awaitRepeating();

        realm.master()
                .patch(realm.adminKeys() + "/" + key.text("id"), Map.of("allowedIps", List.of("192.0.2.1")))
                .expect(200);

        assertEquals(401, passage().status());
        assertFalse(isValid());
    }

    @Test
    void notOnceTheOwnerIsDisabled() {
        assertRefused(() -> realm.master()
                .put(realm.admin("/users/" + alice), Map.of("enabled", false))
                .expect(204));
    }

    @Test
    void notOnceTheOwnersMailIsToBeVerified() {
        setup.user(alice, Map.of("emailVerified", false));

        assertRefused(() ->
                realm.master().put(realm.admin(""), Map.of("verifyEmail", true)).expect(204));
    }

    @Test
    void notOnceTheOwnersMailIsNoLongerVerified() {
        setup.realm(Map.of("verifyEmail", true));

        assertRefused(() -> realm.master()
                .put(realm.admin("/users/" + alice), Map.of("emailVerified", false))
                .expect(204));
    }

    @Test
    void notOnceTheOwnerIsGone() {
        assertRefused(
                () -> realm.master().delete(realm.admin("/users/" + alice)).expect(204));
    }

    @Test
    void notOnceTheOwnerHasAnotherName() {
        awaitRepeating();

        setup.realm(Map.of("editUsernameAllowed", true));
        realm.master()
                .put(realm.admin("/users/" + alice), Map.of("username", "alicia", "enabled", true))
                .expect(204);

        assertEquals("alicia", passage().header("X-Auth-Username"));
        assertEquals("alicia", verify().json().path("owner").path("name").asText());
    }

    @Test
    void notOnceTheOwnerHasAnotherRole() {
        awaitRepeating();

        setup.grantNewRole(alice, "auditor");

        assertTrue(AccessTokens.claims(token(passage()))
                .path("realm_access")
                .path("roles")
                .toString()
                .contains("auditor"));
    }

    @Test
    void notOnceTheRealmIsDisabled() {
        awaitRepeating();

        setup.realm(Map.of("enabled", false));

        assertEquals(401, passage().status());
        assertEquals(401, verify().status());
    }

    @Test
    void notOnceTheCallerHasAnotherSecret() {
        awaitRepeating();

        setup.client("service", Map.of("secret", "another"));

        assertEquals(401, verify().status());
    }

    @Test
    void notOnceThePolicyNamesNoClient() {
        awaitRepeating();

        realm.master()
                .put(realm.adminKeys() + "/policy", Map.of("creation", "everyone"))
                .expect(200);

        assertEquals(403, passage().status());
    }

    /** Until the answers do come from memory, so that what follows is no accident of timing. */
    private void awaitRepeating() {
        Eventually.expect(() -> verify().text("cacheUntil").equals(verify().text("cacheUntil")));
        passage().expect(200);
        passage().expect(200);
        passage().expect(200);
    }

    private void assertRefused(Supplier<Answer> change) {
        awaitRepeating();

        change.get();

        assertEquals(401, passage().status());
        assertFalse(isValid());
    }

    private boolean isValid() {
        return verify().expect(200).json().path("valid").asBoolean();
    }

    private Answer verify() {
        return api.verify("service", question());
    }

    private Map<String, String> question() {
        return Map.of("key", key.text("key"));
    }

    private Answer passage() {
        return passage("");
    }

    private Answer passage(String query) {
        return realm.anyone().with("X-API-Key", key.text("key")).get(realm.keys() + "/forward-auth" + query);
    }

    private Answer with(String presented) {
        return realm.anyone().with("X-API-Key", presented).get(realm.keys() + "/forward-auth");
    }

    private static String token(Answer passage) {
        return passage.header("Authorization").substring("Bearer ".length());
    }

    private static Map<String, List<String>> headers(Answer answer) {
        Map<String, List<String>> headers =
                new LinkedHashMap<>(answer.expect(200).headers().map());
        headers.remove("date");
        return headers;
    }
}
