package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of people in a directory are good for as long as Keycloak sees their owners there. */
@EveryRelease
class FederatedOwnersIT {

    /** How long a node believes what it remembers. */
    private static final Duration MAX_AGE = Duration.ofSeconds(10);

    /** Far less than a database or a cluster would wait, and enough for a busy machine. */
    private static final Duration PROMPT = Duration.ofSeconds(10);

    private static final List<String> OWNED =
            List.of("LATCHKEY_KEY", "LATCHKEY_OWNER", "LATCHKEY_ALLOWANCE", "LATCHKEY_CREDIT");
    private static final Directory DIRECTORY = Directory.start();
    private static final Map<String, Federation> FEDERATIONS = new HashMap<>();
    private static int people;

    private final String person = "person" + ++people;

    /** Federations that differ in what Keycloak keeps of their people. */
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest(name = "imported: {0}, cache policy: {1}")
    @CsvSource({"true, DEFAULT", "true, NO_CACHE", "false, DEFAULT", "false, NO_CACHE"})
    private @interface OfEachKind {}

    private static Federation federation(boolean imported, String cachePolicy) {
        return federation(imported + cachePolicy, () -> Federation.create(DIRECTORY, imported, cachePolicy));
    }

    private static Federation federation(String name, Supplier<Federation> create) {
        return FEDERATIONS.computeIfAbsent(name, none -> create.get());
    }

    @AfterAll
    static void deleteRealms() {
        FEDERATIONS.values().forEach(Federation::close);
        DIRECTORY.close();
    }

    @OfEachKind
    void ownersMakeUseAndEndTheirKeys(boolean imported, String cachePolicy) {
        Federation federation = federation(imported, cachePolicy);
        RealmFixture realm = federation.realm();
        Answer key = newKey(federation);
        Answer answer = realm.exchange(key.text("key")).expect(200);

        assertEquals(
                federation.id(person), AccessTokens.claims(answer).path("sub").asText());
        assertEquals(
                person, AccessTokens.claims(answer).path("preferred_username").asText());
        assertTrue(federation.opens(key));
        assertTrue(realm.introspect(answer.text("access_token"))
                .json()
                .path("active")
                .asBoolean());
        realm.signedIn(person).delete(realm.keys() + "/" + key.text("id")).expect(204);

        assertFalse(federation.opens(key));
        assertFalse(realm.introspect(answer.text("access_token"))
                .json()
                .path("active")
                .asBoolean());
    }

    @OfEachKind
    void consolesListAndEndThem(boolean imported, String cachePolicy) {
        Federation federation = federation(imported, cachePolicy);
        Answer key = newKey(federation);
        assertTrue(federation.opens(key));
        ApiClient admin = federation.realm().master();
        String credentials = federation.realm().admin("/users/" + federation.id(person) + "/credentials");
        assertTrue(admin.get(credentials).expect(200).text().contains(key.text("family")));

        admin.delete(credentials + "/" + key.text("family")).expect(204);

        assertFalse(federation.opens(key));
    }

    @OfEachKind
    void administratorsChangeAndEndThem(boolean imported, String cachePolicy) {
        Federation federation = federation(imported, cachePolicy);
        Answer key = newKey(federation);
        assertTrue(federation.opens(key));

        change(federation, key, false);
        assertFalse(federation.opens(key));
        change(federation, key, true);
        assertTrue(federation.opens(key));
        assertEquals(204, revoke(federation, key).status());
        assertFalse(federation.opens(key));
    }

    @OfEachKind
    void theyGoOnThroughChangesOfTheirOwners(boolean imported, String cachePolicy) {
        Federation federation = federation(imported, cachePolicy);
        Answer key = newKey(federation);
        assertTrue(federation.opens(key));

        DIRECTORY.set(person, "sn", "Changed");
        DIRECTORY.set(person, "userPassword", "changed");
        federation.forgetWhatIsCached();

        assertTrue(federation.opens(key));
        String token = federation.realm().exchange(key.text("key")).expect(200).text("access_token");
        assertEquals("Changed", AccessTokens.claims(token).path("family_name").asText());
    }

    @OfEachKind
    void whoIsRemovedThereIsRefused(boolean imported, String cachePolicy) {
        Federation federation = federation(imported, cachePolicy);
        Answer key = newKey(federation);
        assertTrue(federation.opens(key));

        DIRECTORY.remove(person);
        federation.forgetWhatIsCached();

        assertFalse(federation.opens(key));
    }

    /** People who are not imported are their names to Keycloak. */
    @OfEachKind
    void aNamesakeHasTheKeysOnlyWherePeopleAreNotImported(boolean imported, String cachePolicy) {
        Federation federation = federation(imported, cachePolicy);
        Answer key = newKey(federation);
        DIRECTORY.remove(person);
        federation.forgetWhatIsCached();
        assertFalse(federation.opens(key));

        DIRECTORY.add(person);
        federation.forgetWhatIsCached();

        assertEquals(!imported, federation.opens(key));
    }

    @OfEachKind
    void whoIsDisabledThereIsRefusedUntilEnabled(boolean imported, String cachePolicy) {
        Federation federation = federation(
                imported + cachePolicy + "mirrored",
                () -> Federation.create(DIRECTORY, imported, cachePolicy).mirrored());
        Answer key = newKey(federation);
        assertTrue(federation.opens(key));

        DIRECTORY.disable(person);
        federation.forgetWhatIsCached();
        assertFalse(federation.opens(key));

        DIRECTORY.enable(person);
        federation.forgetWhatIsCached();
        assertTrue(federation.opens(key));
    }

    @Test
    void whatKeycloakWouldBelieveForeverIsReadAgainAfterAWhile() {
        Federation imported = federation(true, "DEFAULT");
        Federation visiting = federation(false, "DEFAULT");
        List<Answer> keys = List.of(newKey(imported), visiting.realm().createKey(person, "key"));
        assertTrue(imported.opens(keys.get(0)));
        assertTrue(visiting.opens(keys.get(1)));

        DIRECTORY.remove(person);

        Eventually.within(
                MAX_AGE.plus(PROMPT),
                () -> !Endpoints.verify(imported.realm(), keys.get(0))
                        && !Endpoints.verify(visiting.realm(), keys.get(1)));
    }

    @ParameterizedTest
    @CsvSource({"DEFAULT", "NO_CACHE"})
    void whoIsDisabledOrDeletedHereIsRefused(String cachePolicy) {
        Federation federation = federation(true, cachePolicy);
        Answer key = newKey(federation);
        String owner = federation.id(person);
        assertTrue(federation.opens(key));
        RealmSetup setup = new RealmSetup(federation.realm());

        setup.user(owner, Map.of("enabled", false));
        assertFalse(federation.opens(key));
        setup.user(owner, Map.of("enabled", true));
        assertTrue(federation.opens(key));
        federation
                .realm()
                .master()
                .delete(federation.realm().admin("/users/" + owner))
                .expect(204);
        assertFalse(federation.opens(key));
    }

    /** Keycloak removes them when it is asked for them next, which may be in the middle of a change of their keys. */
    @OfEachKind
    void administratorsEndKeysOfThoseWhoAreGoneWithoutDelay(boolean imported, String cachePolicy) {
        Federation federation = federation(imported, cachePolicy);
        Answer key = newKey(federation);
        ApiClient admin = federation.realm().master();
        admin.get(path(federation, key)).expect(200);
        DIRECTORY.remove(person);

        int status =
                assertTimeout(PROMPT, () -> admin.delete(path(federation, key)).status());

        assertTrue(List.of(204, 403, 404).contains(status), () -> "answered " + status);
        assertFalse(federation.opens(key));
    }

    @OfEachKind
    void thoseWhoAreGoneEndTheirKeysWithoutDelay(boolean imported, String cachePolicy) {
        Federation federation = federation(imported, cachePolicy);
        Answer key = newKey(federation);
        String path = federation.realm().keys() + "/" + key.text("id");
        ApiClient owner = federation.realm().signedIn(person);
        owner.get(path).expect(200);
        DIRECTORY.remove(person);

        int status = assertTimeout(PROMPT, () -> owner.delete(path).status());

        assertTrue(status < 500, () -> "answered " + status);
        assertFalse(federation.opens(key));
    }

    @OfEachKind
    void nobodyPassesAndNothingIsLostWhileTheDirectoryIsOutOfReach(boolean imported, String cachePolicy) {
        Federation federation = federation(imported, cachePolicy);
        Answer key = newKey(federation);
        assertTrue(federation.opens(key));

        DIRECTORY.whileOutOfReach(() -> {
            federation.forgetWhatIsCached();
            ApiClient holder = federation.realm().anyone().with("X-API-Key", key.text("key"));
            int status = holder.get(federation.realm().keys() + "/forward-auth").status();
            assertTrue(status >= 400, () -> "answered " + status);
            assertTrue(federation.realm().exchange(key.text("key")).status() >= 400);
        });

        assertTrue(federation.opens(key));
    }

    /** Here, the plan is Keycloak's own; it could come from the directory. */
    @OfEachKind
    void suspendedIsNullWhileTheDirectoryIsOutOfReach(boolean imported, String cachePolicy) {
        Federation federation = federation(imported, cachePolicy);
        RealmFixture realm = federation.realm();
        Answer first = newKey(federation);
        Answer second = realm.createKey(person, "second");
        realm.policy(Map.of("maxKeys", 1));
        try {
            assertEquals("false", suspended(federation, first));
            assertEquals("true", suspended(federation, second));

            DIRECTORY.whileOutOfReach(() -> {
                federation.forgetWhatIsCached();
                assertNotEquals("true", suspended(federation, first));
                assertEquals("null", suspended(federation, second));
            });

            assertEquals("true", suspended(federation, second));
        } finally {
            realm.policy(Map.of());
        }
    }

    private static String suspended(Federation federation, Answer key) {
        JsonNode listed = federation
                .realm()
                .master()
                .get(federation.realm().adminKeys() + "?q=" + key.text("id"))
                .expect(200)
                .json();
        return listed.at("/0/suspended").toString();
    }

    @ParameterizedTest
    @CsvSource({"DEFAULT", "NO_CACHE"})
    void keysEndWhileTheDirectoryIsOutOfReach(String cachePolicy) {
        Federation federation = federation(true, cachePolicy);
        Answer key = newKey(federation);

        DIRECTORY.whileOutOfReach(
                () -> assertEquals(204, revoke(federation, key).status()));

        assertFalse(federation.opens(key));
    }

    /** Keycloak announces nobody of them. */
    @NeedsCredits
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whoGoesWithTheFederationLeavesNothing(boolean imported) {
        try (Federation federation = Federation.create(DIRECTORY, imported, "DEFAULT");
                Database database = Database.open()) {
            PaidRealm realm = new PaidRealm(federation.realm());
            realm.api("paid", "1");
            String withoutKey = person + "without";
            DIRECTORY.add(withoutKey);
            Answer key = newKey(federation);
            realm.allow(person, "paid", 10, "none").expect(200);
            realm.allow(withoutKey, "paid", 10, "none").expect(200);
            realm.reserve("paid", key.text("key"), Map.of());
            List<String> owners = List.of(federation.id(person), federation.id(withoutKey));
            assertTrue(OWNED.stream().allMatch(table -> database.has(table, "OWNER_ID", owners.get(0))));

            federation.remove();

            Eventually.expect(() -> OWNED.stream()
                    .noneMatch(table -> owners.stream().anyMatch(owner -> database.has(table, "OWNER_ID", owner))));
        }
    }

    private Answer newKey(Federation federation) {
        DIRECTORY.add(person);
        return federation.realm().createKey(person, "key");
    }

    private static void change(Federation federation, Answer key, boolean enabled) {
        federation
                .realm()
                .master()
                .patch(path(federation, key), Map.of("enabled", enabled))
                .expect(200);
    }

    private static Answer revoke(Federation federation, Answer key) {
        return federation.realm().master().delete(path(federation, key));
    }

    private static String path(Federation federation, Answer key) {
        return federation.realm().adminKeys() + "/" + key.text("id");
    }
}
