package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What administrators with some of Keycloak's permissions may do with keys. */
class AdminPermissionsIT {

    private static final Map<String, Object> SERVICE = Map.of("type", "service-account", "name", "service");

    private static RealmFixture realm;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final String owner = "owner-" + suffix;
    private String ownerId;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of("latchkey.max-keys", "1000"));
    }

    @BeforeEach
    void owner() {
        ownerId = realm.user(owner);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // roles, list, list of the owner, get, patch, create, rotate, bulk, delete
        "                                         , 403, 403, 403, 403, 403, 403, 403, 403",
        "view-events                              , 403, 403, 403, 403, 403, 403, 403, 403",
        "view-realm                               , 403, 403, 403, 403, 403, 403, 403, 403",
        "manage-realm                             , 403, 403, 403, 403, 403, 403, 403, 403",
        "query-users                              , 403, 403, 404, 404, 403, 404, 403, 404",
        "view-users                               , 403, 200, 200, 403, 403, 403, 403, 403",
        "view-users view-clients                  , 200, 200, 200, 403, 403, 403, 403, 403",
        "view-clients                             , 403, 403, 403, 403, 403, 403, 403, 403",
        "manage-clients                           , 403, 403, 403, 403, 403, 403, 403, 403",
        "impersonation                            , 403, 403, 403, 403, 403, 403, 403, 403",
        "view-users impersonation                 , 403, 200, 200, 403, 403, 403, 403, 403",
        "manage-users                             , 403, 200, 200, 200, 403, 403, 403, 204",
        "manage-users impersonation               , 403, 200, 200, 200, 201, 201, 403, 204",
        "manage-users manage-clients              , 200, 200, 200, 200, 403, 403, 200, 204",
        "realm-admin                              , 200, 200, 200, 200, 201, 201, 200, 204"
    })
    void rolesDecideAboutTheKeysOfAPerson(
            String roles, int list, int own, int get, int patch, int create, int rotate, int bulk, int delete) {
        String id = realm.createKey(owner, "governed").text("id");
        ApiClient admin = administrator(roles);

        admin.get(realm.adminKeys()).expect(list);
        admin.get(realm.adminKeys() + "/count").expect(list);
        admin.get(realm.adminKeys() + "?owner=" + ownerId).expect(own);
        admin.get(path(id)).expect(get);
        admin.patch(path(id), Map.of("description", "seen")).expect(patch);
        admin.put(path(id), Map.of("description", "seen twice")).expect(patch);
        admin.post(realm.adminKeys(), Map.of("name", "made", "owner", Map.of("id", ownerId)))
                .expect(create);
        admin.post(path(id) + "/rotate", Map.of()).expect(rotate);
        admin.post(realm.adminKeys() + "/revoke", Map.of("q", "nothing of that name"))
                .expect(bulk);
        admin.delete(path(id)).expect(delete);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // roles, get, patch, create, rotate, delete
        "view-users manage-users impersonation, 404, 404, 403, 404, 404",
        "view-clients                         , 200, 403, 403, 403, 403",
        "manage-clients                       , 200, 200, 201, 201, 204"
    })
    void rolesDecideAboutTheKeysOfAServiceAccount(
            String roles, int get, int patch, int create, int rotate, int delete) {
        String id = realm.master()
                .post(realm.adminKeys(), Map.of("name", "machine " + suffix, "owner", SERVICE))
                .expect(201)
                .text("id");
        ApiClient admin = administrator(roles);

        admin.get(path(id)).expect(get);
        admin.patch(path(id), Map.of("description", "seen")).expect(patch);
        admin.post(realm.adminKeys(), Map.of("name", "made " + suffix, "owner", SERVICE))
                .expect(create);
        admin.post(path(id) + "/rotate", Map.of()).expect(rotate);
        admin.delete(path(id)).expect(delete);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "                          , 403, 403",
        "view-users manage-users   , 403, 403",
        "view-realm                , 200, 403",
        "manage-realm              , 200, 200"
    })
    void rolesDecideAboutThePolicy(String roles, int get, int put) {
        ApiClient admin = administrator(roles);
        ObjectNode policy = (ObjectNode)
                realm.master().get(realm.adminKeys() + "/policy").expect(200).json();

        admin.get(realm.adminKeys() + "/policy").expect(get);
        admin.put(realm.adminKeys() + "/policy", policy).expect(put);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // roles, with all keys, with one person's, with the policy, plans
        "                                                       ,      ,                       ,              , 403",
        "view-users                                             ,      , view                  ,              , 403",
        "view-users view-clients                                , view , view                  ,              , 403",
        "manage-users impersonation                             ,      , view manage issue     ,              , 403",
        "manage-users manage-clients                            , view manage, view manage     ,              , 403",
        "manage-users manage-clients impersonation              , view manage issue, view manage issue,       , 403",
        "view-realm                                             ,      ,                       , view         , 200",
        "manage-realm                                           ,      ,                       , view manage  , 200"
    })
    void accessSaysWhatRolesAllow(String roles, String all, String own, String policy, int plans) {
        ApiClient admin = administrator(roles);

        Answer access = admin.get(realm.adminKeys() + "/access").expect(200);

        assertEquals(words(all), allowed(access, "Keys"), access::text);
        assertEquals(words(policy), allowed(access, "Policy"), access::text);
        assertEquals(words(own), allowed(admin.get(realm.adminKeys() + "/access?owner=" + ownerId), "Keys"));
        Answer nobody = admin.get(realm.adminKeys() + "/access?owner=nobody").expect(200);
        assertEquals(words(all).stream().filter(verb -> !verb.equals("issue")).toList(), allowed(nobody, "Keys"));
        admin.get(realm.adminKeys() + "/plans").expect(plans);
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : List.of(text.split(" "));
    }

    private static List<String> allowed(Answer access, String what) {
        return Stream.of("view", "manage", "issue")
                .filter(verb -> access.json().path(verb + what).asBoolean())
                .toList();
    }

    @Test
    void anAnswerDoesNotTellOutsidersWhetherAnIdOrAnOwnerExists() {
        String id = realm.createKey(owner, "hidden").text("id");
        for (String roles : List.of("view-events", "query-users", "view-clients")) {
            ApiClient admin = administrator(roles);

            assertEquals(said(admin.get(path("AAAAAAAAAAAA"))), said(admin.get(path(id))));
        }
        ApiClient outsider = administrator("view-events");
        Answer known = outsider.post(realm.adminKeys(), Map.of("name", "x", "owner", Map.of("name", owner)));
        Answer unknown = outsider.post(realm.adminKeys(), Map.of("name", "x", "owner", Map.of("name", "nobody")));
        assertEquals(said(known), said(unknown));
    }

    @Test
    void nobodyWithoutATokenGetsIn() {
        realm.anyone().get(realm.adminKeys()).expect(401);
        realm.anyone().get(realm.adminKeys() + "/policy").expect(401);
        realm.anyone().post(realm.adminKeys(), Map.of("name", "x")).expect(401);
    }

    @Test
    void anAdministratorsOwnKeyDoesNotAdministrate() {
        ApiClient admin = administrator("realm-admin");
        String key =
                admin.post(realm.keys(), Map.of("name", "power")).expect(201).text("key");
        String token = realm.exchange(key).expect(200).text("access_token");

        int status = realm.anyone().as(token).get(realm.adminKeys()).status();

        assertTrue(status == 401 || status == 403, "answered " + status);
    }

    @Test
    void anAdministratorOfAnotherRealmGetsNothing() {
        try (RealmFixture elsewhere = RealmFixture.create(Map.of())) {
            String id = elsewhere.user("foreign");
            new RealmSetup(elsewhere).give(id, "realm-management", "realm-admin");

            ApiClient foreign = elsewhere.signedIn("foreign");

            elsewhere.signedIn("foreign").get(elsewhere.adminKeys()).expect(200);
            int status = foreign.get(realm.adminKeys()).status();
            assertTrue(status == 401 || status == 403, "answered " + status);
        }
    }

    @Test
    void aPermissionForOnePersonReachesThatPersonsKeysOnly() {
        try (RealmFixture fine = RealmFixture.create(Map.of())) {
            String mine = fine.user("mine");
            fine.user("other");
            ApiClient delegate = Delegate.of(fine, mine, "view", "manage", "impersonate");
            String own =
                    fine.adminKeys() + "/" + fine.createKey("mine", "reachable").text("id");
            String far = fine.adminKeys() + "/"
                    + fine.createKey("other", "out of reach").text("id");

            assertEquals(
                    1,
                    delegate.get(fine.adminKeys() + "?owner=" + mine)
                            .expect(200)
                            .json()
                            .size());
            delegate.get(own).expect(200);
            delegate.patch(own, Map.of("description", "delegated")).expect(200);
            delegate.post(fine.adminKeys(), Map.of("name", "made", "owner", Map.of("name", "mine")))
                    .expect(201);
            delegate.post(own + "/rotate", Map.of()).expect(201);
            delegate.delete(own).expect(204);

            delegate.get(fine.adminKeys()).expect(403);
            delegate.get(far).expect(404);
            delegate.patch(far, Map.of("enabled", false)).expect(404);
            delegate.post(far + "/rotate", Map.of()).expect(404);
            delegate.delete(far).expect(404);
            delegate.post(fine.adminKeys(), Map.of("name", "made", "owner", Map.of("name", "other")))
                    .expect(403);
            delegate.post(fine.adminKeys() + "/revoke", Map.of("all", true)).expect(403);
            assertEquals("active", fine.master().get(far).expect(200).text("status"));
        }
    }

    @Test
    void ownerOutOfSightAndMissingOwnerAnswerAlike() {
        try (RealmFixture fine = RealmFixture.create(Map.of())) {
            String mine = fine.user("mine");
            String other = fine.user("other");
            ApiClient delegate = Delegate.of(fine, mine, "view", "manage", "impersonate");
            String client = new RealmSetup(fine).idOf("service");
            String missing = "00000000-0000-0000-0000-000000000000";
            List<List<Map<String, Object>>> pairs = List.of(
                    List.of(Map.of("name", "other"), Map.of("name", "missing")),
                    List.of(Map.of("id", other), Map.of("id", missing)),
                    List.of(
                            Map.of("type", "service-account", "name", "service"),
                            Map.of("type", "service-account", "name", "missing")),
                    List.of(
                            Map.of("type", "service-account", "id", client),
                            Map.of("type", "service-account", "id", missing)));
            Map<String, Object> allowance = Map.of("api", "service", "credits", 1, "refill", "day");

            for (List<Map<String, Object>> pair : pairs) {
                for (String name : List.of("x", "")) {
                    assertAlike(pair, owner -> delegate.post(fine.adminKeys(), Map.of("name", name, "owner", owner)));
                }
                for (String method : List.of("PUT", "DELETE")) {
                    assertAlike(
                            pair,
                            owner -> delegate.send(
                                    method,
                                    fine.adminKeys() + "/allowances",
                                    "application/json",
                                    ApiClient.text(with(allowance, owner))));
                }
                assertAlike(
                        pair, owner -> delegate.post(fine.adminKeys() + "/allowances/top-up", with(allowance, owner)));
            }
            for (String path :
                    List.of("", "/count", "/export", "/usage", "/access", "/allowances", "/allowances/current")) {
                for (String hidden : List.of(other, client)) {
                    String query = fine.adminKeys() + path + "?owner=";
                    assertEquals(said(delegate.get(query + missing)), said(delegate.get(query + hidden)), path);
                }
            }
        }
    }

    private static Map<String, Object> with(Map<String, Object> allowance, Map<String, Object> owner) {
        Map<String, Object> body = new HashMap<>(allowance);
        body.put("owner", owner);
        return body;
    }

    private static void assertAlike(List<Map<String, Object>> owners, Function<Map<String, Object>, Answer> request) {
        assertEquals(said(request.apply(owners.get(1))), said(request.apply(owners.get(0))), owners::toString);
    }

    @Test
    void aPermissionToManageAloneHandsOutNoKey() {
        try (RealmFixture fine = RealmFixture.create(Map.of())) {
            String mine = fine.user("mine");
            ApiClient delegate = Delegate.of(fine, mine, "view", "manage");
            String own =
                    fine.adminKeys() + "/" + fine.createKey("mine", "reachable").text("id");

            delegate.patch(own, Map.of("enabled", false)).expect(200);
            delegate.patch(own, Map.of("enabled", true)).expect(200);
            delegate.post(fine.adminKeys(), Map.of("name", "made", "owner", Map.of("name", "mine")))
                    .expect(403);
            delegate.post(own + "/rotate", Map.of()).expect(403);
        }
    }

    private static String said(Answer answer) {
        return answer.status() + " " + answer.text();
    }

    private ApiClient administrator(String roles) {
        String name = "admin-" + UUID.randomUUID().toString().substring(0, 8);
        String id = realm.user(name);
        if (roles != null) {
            new RealmSetup(realm).give(id, "realm-management", roles.split(" "));
        }
        return realm.signedIn(name);
    }

    private static String path(String id) {
        return realm.adminKeys() + "/" + id;
    }
}
