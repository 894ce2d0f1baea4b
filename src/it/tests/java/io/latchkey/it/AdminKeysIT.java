package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.it.ApiClient.Answer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of a whole realm in the hands of its administrator. */
@EveryDatabase
class AdminKeysIT {

    private static RealmFixture realm;

    private final String owner = "owner-" + UUID.randomUUID().toString().substring(0, 8);
    private String ownerId;
    private ApiClient admin;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
    }

    @BeforeEach
    void signIn() {
        ownerId = realm.user(owner);
        admin = realm.master();
    }

    @Test
    void theListAndTheCountAreThoseOfOneOwner() {
        Set<String> mine = Set.of(create("one"), create("two"));
        String other = "other-" + owner;
        realm.user(other);
        realm.createKey(other, "one");

        assertEquals(mine, listed(""));
        assertEquals(2, counted(""));
        assertTrue(admin.get(realm.adminKeys()).expect(200).json().size() >= 3);
    }

    @Test
    void aServiceAccountIsFoundByTheIdOfItsClient() {
        Answer key = admin.post(
                        realm.adminKeys(),
                        Map.of(
                                "name",
                                "by client " + owner,
                                "owner",
                                Map.of("type", "service-account", "name", "service")))
                .expect(201);
        String client = new RealmSetup(realm).idOf("service");

        JsonNode list =
                admin.get(realm.adminKeys() + "?owner=" + client).expect(200).json();

        assertTrue(ids(list).contains(key.text("id")), list::toString);
        assertEquals(client, key.json().at("/owner/id").asText());
        assertEquals("service", key.json().at("/owner/name").asText());
        realm.exchange(key.text("key")).expect(200);
    }

    @Test
    void everyStatusIsAFilter() {
        String active = create("active");
        String disabled = create("disabled");
        String revoked = create("revoked");
        String rotating = create("rotating");
        admin.patch(path(disabled), Map.of("enabled", false)).expect(200);
        admin.delete(path(revoked)).expect(204);
        String successor =
                admin.post(path(rotating) + "/rotate", Map.of()).expect(201).text("id");

        assertEquals(Set.of(active, successor), listed("&status=active"));
        assertEquals(Set.of(disabled), listed("&status=disabled"));
        assertEquals(Set.of(revoked), listed("&status=revoked"));
        assertEquals(Set.of(rotating), listed("&status=rotating"));
        assertEquals(Set.of(), listed("&status=expired"));
        assertEquals(Set.of(active, disabled, rotating, successor), listed(""));
    }

    @Test
    void usesAreFilters() {
        Answer used = realm.createKey(owner, "used");
        String unused = create("unused");
        realm.exchange(used.text("key")).expect(200);
        awaitUse(used.text("id"));

        assertEquals(Set.of(unused), listed("&neverUsed=true"));
        assertEquals(Set.of(unused), listed("&unusedSince=2020-01-01T00:00:00Z"));
        assertEquals(Set.of(unused, used.text("id")), listed("&unusedSince=2999-01-01T00:00:00Z"));
        assertEquals(Set.of(unused, used.text("id")), listed("&neverUsed=false"));
    }

    @Test
    void theEndOfAKeyIsAFilter() {
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        String soon = admin.post(
                        realm.adminKeys(), Map.of("name", "soon", "owner", owner(), "expiresAt", tomorrow.toString()))
                .expect(201)
                .text("id");
        create("later");

        assertEquals(Set.of(soon), listed("&expiringBefore=" + tomorrow.plus(Duration.ofDays(1))));
        assertEquals(Set.of(), listed("&expiringBefore=" + tomorrow.minus(Duration.ofHours(1))));
    }

    @Test
    void aSearchFindsNameIdAndPreview() {
        Answer key = realm.createKey(owner, "Grüße 100%_sicher");
        create("something else");

        Set<String> found = Set.of(key.text("id"));

        assertEquals(found, listed("&q=gr%C3%BC%C3%9Fe"));
        assertEquals(found, listed("&q=100%25_S"));
        assertEquals(found, listed("&q=" + key.text("id")));
        assertEquals(found, listed("&q=" + key.text("id").substring(0, 6)));
        assertEquals(found, listed("&q=" + key.text("preview")));
        assertEquals(Set.of(), listed("&q=100__S"));
        assertEquals(Set.of(), listed("&q=x_" + key.text("id").substring(0, 1)));
        assertEquals(Set.of(), listed("&q=x_" + key.text("id").substring(0, 6)));
    }

    @Test
    void pagesFollowEachOtherWithoutGapAndRepetition() {
        for (int i = 0; i < 5; i++) {
            create("page " + i);
        }

        Set<String> first = listed("&first=0&max=2");
        Set<String> second = listed("&first=2&max=2");
        Set<String> third = listed("&first=4&max=2");

        assertEquals(List.of(2, 2, 1), List.of(first.size(), second.size(), third.size()));
        first.addAll(second);
        first.addAll(third);
        assertEquals(5, first.size());
        assertEquals(5, counted("&first=4&max=1"));
    }

    @Test
    void aKeyIsMadeForAPersonByIdAndByName() {
        Answer byId = admin.post(realm.adminKeys(), Map.of("name", "by id", "owner", owner()))
                .expect(201);
        Answer byName = admin.post(realm.adminKeys(), Map.of("name", "by name", "owner", Map.of("name", owner)))
                .expect(201);

        for (Answer made : List.of(byId, byName)) {
            assertEquals(ownerId, made.json().at("/owner/id").asText());
            assertEquals("no-store", made.header("Cache-Control"));
            assertEquals(
                    realm.adminKeys() + "/" + made.text("id"),
                    URI.create(made.header("Content-Location")).getPath());
            realm.exchange(made.text("key")).expect(200);
        }
        assertEquals(
                2, realm.signedIn(owner).get(realm.keys()).expect(200).json().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"a\"}                                                       | owner",
                "{\"name\":\"a\",\"owner\":null}                                        | owner",
                "{\"name\":\"a\",\"owner\":\"somebody\"}                                | owner",
                "{\"name\":\"a\",\"owner\":{}}                                          | owner.id",
                "{\"name\":\"a\",\"owner\":{\"id\":\"x\",\"name\":\"y\"}}               | owner.id",
                "{\"name\":\"a\",\"owner\":{\"id\":\"nobody\"}}                         | owner.id",
                "{\"name\":\"a\",\"owner\":{\"name\":\"nobody\"}}                       | owner.name",
                "{\"name\":\"a\",\"owner\":{\"name\":\"service-account-service\"}}      | owner.name",
                "{\"name\":\"a\",\"owner\":{\"type\":\"service-account\",\"name\":\"app\"}}| owner.name",
                "{\"name\":\"a\",\"owner\":{\"type\":\"group\",\"id\":\"x\"}}           | owner.type",
                "{\"name\":\"a\",\"owner\":{\"realm\":\"x\",\"id\":\"x\"}}              | owner.realm"
            })
    void aKeyIsNotMadeFor(String body, String field) {
        Answer refused = admin.post(realm.adminKeys(), body).expect(400);

        assertTrue(refused.json().path("errors").findValuesAsText("field").contains(field), refused::text);
    }

    @Test
    void disabledBySaysWhoDisabledTheKey() {
        Answer key = realm.createKey(owner, "switched");
        String own = realm.keys() + "/" + key.text("id");
        assertTrue(key.json().path("disabledBy").isNull());

        Answer byOwner =
                realm.signedIn(owner).patch(own, Map.of("enabled", false)).expect(200);
        assertEquals("owner", byOwner.text("disabledBy"));
        Answer byAdministrator =
                admin.patch(path(key.text("id")), Map.of("enabled", false)).expect(200);
        assertEquals("administrator", byAdministrator.text("disabledBy"));
        Answer seen = realm.signedIn(owner).get(own).expect(200);
        assertEquals("administrator", seen.text("disabledBy"));
        realm.signedIn(owner).patch(own, Map.of("enabled", true)).expect(403);
        Answer enabled =
                admin.patch(path(key.text("id")), Map.of("enabled", true)).expect(200);
        assertTrue(enabled.json().path("disabledBy").isNull());
    }

    @Test
    void aKeyIsReadChangedAndEnded() {
        Answer key = realm.createKey(owner, "governed");

        Answer read = admin.get(path(key.text("id"))).expect(200);
        assertEquals(key.header("ETag"), read.header("ETag"));
        ObjectNode edited = ((ObjectNode) read.json()).put("enabled", false);
        Answer changed = admin.with("If-Match", read.header("ETag"))
                .put(path(key.text("id")), edited)
                .expect(200);

        assertEquals("disabled", changed.text("status"));
        realm.exchange(key.text("key")).expect(400);
        admin.with("If-Match", read.header("ETag")).delete(path(key.text("id"))).expect(412);
        admin.delete(path(key.text("id"))).expect(204);
        assertEquals("revoked", admin.get(path(key.text("id"))).expect(200).text("status"));
    }

    @Test
    void anAdministratorRotatesForTheOwner() {
        Answer key = realm.createKey(owner, "renewed");

        Answer successor = admin.post(path(key.text("id")) + "/rotate", Map.of("gracePeriod", "PT0S"))
                .expect(201);

        realm.exchange(successor.text("key")).expect(200);
        realm.exchange(key.text("key")).expect(400);
        assertEquals(ownerId, successor.json().at("/owner/id").asText());
    }

    @Test
    void aKeyOfAnotherRealmIsNotThereThroughAnyDoor() {
        try (RealmFixture elsewhere = RealmFixture.create(Map.of())) {
            elsewhere.user(owner);
            Answer key = elsewhere.createKey(owner, "elsewhere");
            String path = path(key.text("id"));

            admin.get(path).expect(404);
            admin.patch(path, Map.of("enabled", false)).expect(404);
            admin.put(path, Map.of("enabled", false)).expect(404);
            admin.delete(path).expect(404);
            admin.post(path + "/rotate", Map.of()).expect(404);
            assertEquals(Set.of(), listed("&q=" + key.text("id")));
            admin.post(realm.adminKeys() + "/revoke", Map.of("q", key.text("id")))
                    .expect(200);

            elsewhere.exchange(key.text("key")).expect(200);
            elsewhere.master().get(elsewhere.adminKeys() + "/" + key.text("id")).expect(200);
        }
    }

    @Test
    void manyKeysEndAtOnceAndOthersDoNot() {
        Answer one = realm.createKey(owner, "bulk one");
        Answer two = realm.createKey(owner, "bulk two");
        Answer kept = realm.createKey(owner, "kept");

        Answer done = admin.post(realm.adminKeys() + "/revoke", Map.of("owner", ownerId, "q", "bulk"))
                .expect(200);

        assertEquals(2, done.json().path("revoked").asInt());
        assertFalse(done.json().path("more").asBoolean(true));
        realm.exchange(one.text("key")).expect(400);
        realm.exchange(two.text("key")).expect(400);
        realm.exchange(kept.text("key")).expect(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                  | all",
                "{\"all\":false}                     | all",
                "{\"neverUsed\":false}               | all",
                "{\"all\":true,\"q\":\"x\"}          | all",
                "{\"status\":\"lost\"}               | status",
                "{\"expiringBefore\":\"soon\"}       | expiringBefore",
                "{\"olderThan\":\"P1D\"}             | olderThan"
            })
    void noKeyEndsBy(String filter, String field) {
        String key = create("survivor");

        Answer refused = admin.post(realm.adminKeys() + "/revoke", filter).expect(400);

        assertTrue(refused.json().path("errors").findValuesAsText("field").contains(field), refused::text);
        assertEquals("active", admin.get(path(key)).expect(200).text("status"));
    }

    private void awaitUse(String id) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (admin.get(path(id)).expect(200).json().path("uses").asInt() == 0) {
            assertTrue(Instant.now().isBefore(deadline), "the use was never written");
        }
    }

    private String create(String name) {
        return realm.createKey(owner, name).text("id");
    }

    private Map<String, Object> owner() {
        return Map.of("type", "user", "id", ownerId);
    }

    private Set<String> listed(String more) {
        return ids(admin.get(realm.adminKeys() + "?owner=" + ownerId + more)
                .expect(200)
                .json());
    }

    private int counted(String more) {
        return admin.get(realm.adminKeys() + "/count?owner=" + ownerId + more)
                .expect(200)
                .json()
                .path("count")
                .asInt(-1);
    }

    private static Set<String> ids(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(key -> key.path("id").asText())
                .collect(Collectors.toSet());
    }

    private static String path(String id) {
        return realm.adminKeys() + "/" + id;
    }
}
