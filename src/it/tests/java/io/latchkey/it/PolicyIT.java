package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.it.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of a realm, as the people in it meet them. */
class PolicyIT {

    private static final String UPGRADE = "https://example.org/plans";

    private static RealmFixture realm;

    private final String owner = "owner-" + UUID.randomUUID().toString().substring(0, 8);
    private String ownerId;
    private ApiClient caller;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
    }

    @BeforeEach
    void signIn() {
        realm.policy(Map.of());
        ownerId = realm.user(owner);
        caller = realm.signedIn(owner);
    }

    @Test
    void whereAdministratorsMakeKeysNobodyElseDoes() {
        realm.policy(Map.of("creation", "admins"));

        Answer refused = create("mine").expect(403);

        assertEquals("https://latchkey.io/problems/forbidden", refused.text("type"));
        assertEquals(0, caller.get(realm.keys()).expect(200).json().size());
        assertEquals("forbidden", terms().text("reason"));
        realm.master()
                .post(realm.adminKeys(), Map.of("name", "given", "owner", Map.of("id", ownerId)))
                .expect(201);
    }

    @Test
    void aKeyFromBeforeGoesOnWorkingWhereOnlyAdministratorsMakeKeys() {
        Answer key = create("older").expect(201);

        realm.policy(Map.of("creation", "admins"));

        realm.exchange(key.text("key")).expect(200);
        caller.patch(realm.keys() + "/" + key.text("id"), Map.of("enabled", false))
                .expect(200);
        caller.delete(realm.keys() + "/" + key.text("id")).expect(204);
    }

    @Test
    void withoutAPlanPeopleAreSentWhereTheyGetOne() {
        realm.policy(Map.of("creation", "plan", "upgradeUrl", UPGRADE));

        Answer refused = create("wished for").expect(403);

        assertEquals("https://latchkey.io/problems/plan-required", refused.text("type"));
        assertEquals(UPGRADE, refused.text("upgradeUrl"));
        assertEquals("plan-required", terms().text("reason"));
        assertEquals(UPGRADE, terms().text("upgradeUrl"));
    }

    @Test
    void aPlanOpensAndWidens() {
        realm.policy(Map.of("creation", "plan", "maxKeys", 1));
        new RealmSetup(realm).giveRealmRole(ownerId, "plan-" + owner, Map.of("latchkey.max-keys", List.of("3")));

        create("one").expect(201);
        create("two").expect(201);
        create("three").expect(201);

        assertEquals(
                "https://latchkey.io/problems/too-many-keys",
                create("four").expect(409).text("type"));
        assertEquals(3, terms().json().path("maxKeys").asInt());
        assertEquals("too-many-keys", terms().text("reason"));
    }

    @Test
    void aRoleThatSaysNothingAboutKeysIsNoPlan() {
        realm.policy(Map.of("creation", "plan"));
        new RealmSetup(realm).giveRealmRole(ownerId, "role-" + owner, Map.of("color", List.of("blue")));

        create("no").expect(403);
    }

    @Test
    void manyAtOnceNeverPassTheLimit() {
        realm.policy(Map.of("maxKeys", 5));

        List<Integer> answers = Concurrently.run(20, i -> create("rush " + i).status());

        assertEquals(5, answers.stream().filter(status -> status == 201).count(), answers::toString);
        assertEquals(15, answers.stream().filter(status -> status == 409).count(), answers::toString);
        assertEquals(5, caller.get(realm.keys()).expect(200).json().size());
    }

    @Test
    void manyAtOnceNeverGetTheSameName() {
        List<Integer> answers =
                Concurrently.run(20, i -> create(i % 2 == 0 ? "Twin" : "tWIN").status());

        assertEquals(1, answers.stream().filter(status -> status == 201).count(), answers::toString);
        assertEquals(19, answers.stream().filter(status -> status == 409).count(), answers::toString);
    }

    @Test
    void aTakenNameIsRefusedAndAFreedOneIsNot() {
        Answer first = create("name").expect(201);
        Answer other = create("other").expect(201);

        assertEquals(
                "https://latchkey.io/problems/name-taken",
                create("NAME").expect(409).text("type"));
        caller.patch(realm.keys() + "/" + other.text("id"), Map.of("name", "Name"))
                .expect(409);
        caller.delete(realm.keys() + "/" + first.text("id")).expect(204);
        create("name").expect(201);
    }

    @Test
    void namesThatLookAlikeCountAsTheSame() {
        create("cafe\u0301").expect(201);

        assertEquals(
                "caf\u00e9",
                caller.get(realm.keys() + "?q=CAFE\u0301")
                        .expect(200)
                        .json()
                        .at("/0/name")
                        .asText());
        create("caf\u00e9").expect(409);
        create("\uff23\uff41\uff46\u00c9").expect(409);
        create("cafe").expect(201);
        create("\ud83d\udc69\u200d\ud83d\udcbb").expect(201);
        for (String invisible : List.of("caf\ufeffe", "caf\u200ee", "ca\u200dfe")) {
            Answer refused = create(invisible).expect(400);
            assertEquals("name", refused.json().at("/errors/0/field").asText());
        }
    }

    @Test
    void deletedAndDisabledKeysFreeTheirSlots() {
        realm.policy(Map.of("maxKeys", 1));
        Answer key = create("one").expect(201);

        create("two").expect(409);
        caller.delete(realm.keys() + "/" + key.text("id")).expect(204);
        Answer two = create("two").expect(201);
        caller.patch(realm.keys() + "/" + two.text("id"), Map.of("enabled", false))
                .expect(200);
        create("three").expect(201);
    }

    @Test
    void withoutAWishTheDefaultLifetimeApplies() {
        realm.policy(Map.of("defaultLifetime", "P7D"));

        Answer key = create("week").expect(201);

        assertEquals(Duration.ofDays(7), life(key));
    }

    @Test
    void theDefaultLifetimeGivesWayToTheLongest() {
        realm.policy(Map.of("maxLifetime", "P2D"));

        assertEquals(Duration.ofDays(2), life(create("short").expect(201)));
        assertEquals("P2D", terms().text("defaultLifetime"));
    }

    @Test
    void aKeyMayLastForeverWhereNothingForbidsIt() {
        Answer key = caller.post(realm.keys(), "{\"name\":\"eternal\",\"expiresAt\":null}")
                .expect(201);

        assertTrue(key.json().path("expiresAt").isNull(), key::text);
    }

    @Test
    void theLongestLifetimeCountsFromCreationHoweverOftenAKeyIsChanged() {
        Answer key = create("stretched").expect(201);
        realm.policy(Map.of("maxLifetime", "P10D", "defaultLifetime", "P1D"));
        String path = realm.keys() + "/" + key.text("id");
        Instant created = Instant.parse(key.text("createdAt"));

        caller.patch(path, Map.of("expiresAt", created.plus(Duration.ofDays(10)).toString()))
                .expect(200);
        caller.patch(
                        path,
                        Map.of(
                                "expiresAt",
                                created.plus(Duration.ofDays(10)).plusSeconds(1).toString()))
                .expect(400);
        caller.patch(path, "{\"expiresAt\":null}").expect(400);
    }

    @Test
    void aKeyOutlivingANewLimitCanStillBeSwitchedOff() {
        Answer key = create("older than the rule").expect(201);
        realm.policy(Map.of("maxLifetime", "P1D"));

        caller.patch(realm.keys() + "/" + key.text("id"), Map.of("enabled", false))
                .expect(200);
    }

    @Test
    void brandAndEnvironmentAreThoseOfTheRealm() {
        realm.policy(Map.of("brand", "acme", "env", "live"));

        Answer key = create("branded").expect(201);

        assertTrue(key.text("key").matches("acme_sk_live_[0-9A-Za-z]{50}"), key.text("preview"));
        realm.policy(Map.of("brand", "other"));
        realm.exchange(key.text("key")).expect(200);
    }

    @Test
    void aPublishableKeyIsMadeOnlyWhereThePolicySaysSo() {
        Map<String, ?> draft =
                Map.of("name", "public", "kind", "publishable", "allowedOrigins", List.of("https://a.example"));
        Answer refused = caller.post(realm.keys(), draft).expect(400);

        attribute("latchkey.kinds", "publishable");

        assertEquals("kind", refused.json().at("/errors/0/field").asText());
        caller.post(realm.keys(), draft).expect(201);
        create("secret").expect(400);
    }

    @Test
    void whereAddressesAreRequiredAKeyWithoutThemIsNotMade() {
        attribute("latchkey.require-ip", "true");

        Answer refused = create("anywhere").expect(400);

        assertEquals("allowedIps", refused.json().at("/errors/0/field").asText());
        caller.post(realm.keys(), Map.of("name", "somewhere", "allowedIps", List.of("127.0.0.1")))
                .expect(201);
    }

    @Test
    void anOldLoginMakesAndRotatesNoKeyButSwitchesOff() {
        Answer key = create("made before").expect(201);
        String path = realm.keys() + "/" + key.text("id");
        realm.policy(Map.of("reauthAge", "PT10M"));
        caller = signedInAt(Instant.now().minus(Duration.ofMinutes(11)));

        Answer refused = create("made after").expect(403);

        assertEquals("https://latchkey.io/problems/reauthentication-required", refused.text("type"));
        caller.post(path + "/rotate", Map.of()).expect(403);
        caller.patch(path, Map.of("enabled", false)).expect(200);
        caller.delete(path).expect(204);
        assertEquals("PT10M", terms().text("reauthAge"));
    }

    @Test
    void aRecentLoginIsEnough() {
        realm.policy(Map.of("reauthAge", "PT10M"));
        caller = signedInAt(Instant.now().minus(Duration.ofMinutes(9)));

        Answer key = create("fresh").expect(201);
        caller.post(realm.keys() + "/" + key.text("id") + "/rotate", Map.of()).expect(201);
    }

    @Test
    void aLoginOfWhichNoTimeIsKnownIsNotRecent() {
        realm.policy(Map.of("reauthAge", "P365D"));

        create("timeless").expect(403);
    }

    /** The caller with a token that says so: a login by password alone says nothing about its time. */
    private ApiClient signedInAt(Instant moment) {
        String client = "dated-" + owner;
        Map<String, String> claim = Map.of(
                "claim.name", "auth_time",
                "claim.value", Long.toString(moment.getEpochSecond()),
                "jsonType.label", "long",
                "access.token.claim", "true");
        Map<String, Object> mapper = Map.of(
                "name", "time",
                "protocol", "openid-connect",
                "protocolMapper", "oidc-hardcoded-claim-mapper",
                "config", claim);
        Map<String, Object> dated = Map.of(
                "clientId",
                client,
                "publicClient",
                true,
                "directAccessGrantsEnabled",
                true,
                "protocolMappers",
                List.of(mapper));
        realm.master().post(realm.admin("/clients"), dated).expect(201);
        realm.allowManagement(client);
        Map<String, String> login =
                Map.of("grant_type", "password", "client_id", client, "username", owner, "password", owner);
        return realm.anyone()
                .as(realm.anyone().form(realm.token(), login).expect(200).text("access_token"));
    }

    private Answer create(String name) {
        return caller.post(realm.keys(), Map.of("name", name));
    }

    private Answer terms() {
        return caller.get(realm.keys() + "/policy").expect(200);
    }

    private static Duration life(Answer key) {
        return Duration.between(Instant.parse(key.text("createdAt")), Instant.parse(key.text("expiresAt")));
    }

    private static void attribute(String name, String value) {
        ObjectNode representation =
                (ObjectNode) realm.master().get(realm.admin("")).expect(200).json();
        ((ObjectNode) representation.path("attributes")).put(name, value);
        realm.master().put(realm.admin(""), representation).expect(204);
    }
}
