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

/** A key never does more than its owner can do now. */
class RejectedOwnersIT {

    private static final Map<String, Object> TEMPORARY_LOCKOUT = Map.of(
            "bruteForceProtected", true, "failureFactor", 2, "waitIncrementSeconds", 900, "maxFailureWaitSeconds", 900);

    private static RealmFixture realm;
    private static RealmSetup setup;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
        setup = new RealmSetup(realm);
    }

    @BeforeEach
    void forgetEvents() {
        setup.forgetEvents();
    }

    @Test
    void theKeyOfADisabledOwnerIsRefusedUntilTheOwnerIsBack() {
        String owner = realm.user("disabled");
        Answer key = realm.createKey("disabled", "key");
        setup.user(owner, Map.of("enabled", false));

        Rejection.assertTellsNothing(realm.exchange(key.text("key")));

        Rejection.assertRecorded(setup, "api_key_owner_disabled", key, owner);
        setup.user(owner, Map.of("enabled", true));
        realm.exchange(key.text("key")).expect(200);
    }

    @Test
    void theKeyOfADeletedOwnerIsRefused() {
        String owner = realm.user("deleted");
        Answer key = realm.createKey("deleted", "key");
        realm.master().delete(realm.admin("/users/" + owner)).expect(204);

        Rejection.assertTellsNothing(realm.exchange(key.text("key")));

        Rejection.assertRecorded(setup, "api_key_unknown");
    }

    @Test
    void theKeyOfAnOwnerWhoMustDoSomethingFirstIsRefused() {
        String owner = realm.user("busy");
        Answer key = realm.createKey("busy", "key");
        setup.user(owner, Map.of("requiredActions", List.of("UPDATE_PASSWORD")));

        Rejection.assertTellsNothing(realm.exchange(key.text("key")));

        Rejection.assertRecorded(setup, "api_key_owner_action_required", key, owner);
    }

    @Test
    void theKeyOfAnOwnerWithoutVerifiedMailIsRefusedFromTheFirstUse() {
        try (RealmFixture careful = RealmFixture.create(Map.of())) {
            RealmSetup settings = new RealmSetup(careful);
            settings.realm(Map.of("verifyEmail", true));
            String owner = careful.user("newcomer");
            Answer key = careful.createKey("newcomer", "key");
            settings.user(owner, Map.of("emailVerified", false));

            Rejection.assertTellsNothing(careful.exchange(key.text("key")));

            Rejection.assertRecorded(settings, "api_key_owner_mail_unverified", key, owner);
            settings.user(owner, Map.of("emailVerified", true));
            careful.exchange(key.text("key")).expect(200);
            settings.user(owner, Map.of("email", "", "emailVerified", false));
            careful.exchange(key.text("key")).expect(200);
        }
    }

    @Test
    void theKeyOfATemporarilyLockedOwnerIsRefused() {
        try (RealmFixture guarded = RealmFixture.create(Map.of())) {
            RealmSetup guardedSetup = new RealmSetup(guarded);
            guardedSetup.realm(TEMPORARY_LOCKOUT);
            String owner = guarded.user("locked");
            Answer key = guarded.createKey("locked", "key");
            lock(guarded, owner);

            Rejection.assertTellsNothing(guarded.exchange(key.text("key")));

            Rejection.assertRecorded(guardedSetup, "api_key_owner_locked", key, owner);
        }
    }

    @Test
    void aPolicyThatIgnoresLockoutsLetsTheKeyWork() {
        try (RealmFixture guarded = RealmFixture.create(Map.of("latchkey.lockout", "ignore"))) {
            new RealmSetup(guarded).realm(TEMPORARY_LOCKOUT);
            String owner = guarded.user("locked");
            Answer key = guarded.createKey("locked", "key");
            lock(guarded, owner);

            guarded.exchange(key.text("key")).expect(200);
        }
    }

    @Test
    void theKeyOfAPermanentlyLockedOwnerIsRefusedUnderEitherPolicy() {
        try (RealmFixture guarded = RealmFixture.create(Map.of("latchkey.lockout", "ignore"))) {
            new RealmSetup(guarded)
                    .realm(Map.of("bruteForceProtected", true, "permanentLockout", true, "failureFactor", 2));
            String owner = guarded.user("locked");
            Answer key = guarded.createKey("locked", "key");
            lock(guarded, owner);

            Rejection.assertTellsNothing(guarded.exchange(key.text("key")));
            guarded.policy(Map.of("lockout", "honor"));
            Rejection.assertTellsNothing(guarded.exchange(key.text("key")));
        }
    }

    /** Guesses the password until Keycloak has noticed, which it does in the background. */
    private static void lock(RealmFixture guarded, String owner) {
        Map<String, String> guess =
                Map.of("grant_type", "password", "client_id", "app", "username", "locked", "password", "a wrong one");
        String status = guarded.admin("/attack-detection/brute-force/users/" + owner);
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        boolean locked = false;
        while (!locked && Instant.now().isBefore(deadline)) {
            assertTrue(guarded.anyone().form(guarded.token(), guess).status() >= 400);
            locked = guarded.master().get(status).json().path("disabled").asBoolean();
        }
        assertTrue(locked, "brute-force detection did not notice");
    }

    @Test
    void aLostRoleIsMissingFromTheNextToken() {
        String owner = realm.user("member");
        setup.grantNewRole(owner, "reporter");
        Answer key = realm.createKey("member", "key");
        assertTrue(rolesFor(key).contains("reporter"));

        setup.withdrawRole(owner, "reporter");

        assertFalse(rolesFor(key).contains("reporter"));
    }

    private static String rolesFor(Answer key) {
        return AccessTokens.claims(realm.exchange(key.text("key")).expect(200))
                .at("/realm_access/roles")
                .toString();
    }

    @Test
    void aRenamedOwnerKeepsTheKey() {
        String owner = realm.user("maiden");
        Answer key = realm.createKey("maiden", "key");
        setup.realm(Map.of("editUsernameAllowed", true));
        setup.user(owner, Map.of("username", "married"));

        var claims = AccessTokens.claims(realm.exchange(key.text("key")).expect(200));

        assertEquals("married", claims.path("preferred_username").asText());
    }

    @Test
    void theKeyOfAServiceAccountIsRefusedWhileItsClientIsDisabled() {
        try (RealmFixture own = RealmFixture.create(Map.of())) {
            RealmSetup ownSetup = new RealmSetup(own);
            Answer key = ownSetup.serviceKey("service key");
            String account = AccessTokens.claims(own.exchange(key.text("key")).expect(200))
                    .path("sub")
                    .asText();
            ownSetup.client("service", Map.of("enabled", false));

            Rejection.assertTellsNothing(own.exchange(key.text("key")));

            Rejection.assertRecorded(ownSetup, "api_key_client_disabled", key, account);
        }
    }

    @Test
    void aRenamedClientExchangesKeysUnderItsNewNameAndKeepsItsOwn() {
        try (RealmFixture own = RealmFixture.create(Map.of())) {
            RealmSetup ownSetup = new RealmSetup(own);
            Answer key = ownSetup.serviceKey("service key");
            ownSetup.client("service", Map.of("clientId", "renamed"));

            Answer answer =
                    own.exchange(key.text("key"), Map.of("client_id", "renamed", "client_secret", RealmFixture.SECRET));

            assertEquals(
                    "renamed",
                    AccessTokens.claims(answer.expect(200)).path("azp").asText());
            own.exchange(key.text("key")).expect(200);
        }
    }

    @Test
    void theClientOfThePolicyMayBeRenamed() {
        try (RealmFixture own = RealmFixture.create(Map.of())) {
            own.user("alice");
            Answer key = own.createKey("alice", "key");
            new RealmSetup(own).client("app", Map.of("clientId", "renamed"));

            Answer answer = own.exchange(key.text("key"));

            assertEquals(
                    "renamed",
                    AccessTokens.claims(answer.expect(200)).path("azp").asText());
        }
    }

    @Test
    void noKeyWorksInADisabledRealm() {
        try (RealmFixture own = RealmFixture.create(Map.of())) {
            own.user("alice");
            Answer key = own.createKey("alice", "key");
            new RealmSetup(own).realm(Map.of("enabled", false));

            Answer answer = own.exchange(key.text("key"));

            assertTrue(answer.status() >= 400 && answer.status() < 500, answer::text);
            assertFalse(answer.text().contains("access_token"));
        }
    }
}
