package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.it.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Keys of members of organizations cost no SQL either. Each request differs from the one before in its origin, which decides
 * nothing here, so that none is answered from the response cache.
 */
@EveryRelease
class WarmMembersIT {

    private static final AtomicInteger ORIGINS = new AtomicInteger();

    private static RealmFixture realm;
    private static ApiCalls api;

    @BeforeAll
    static void createRealm() {
        String name = "it-" + UUID.randomUUID().toString().substring(0, 8);
        realm = RealmFixture.existing(name);
        api = new ApiCalls(realm);
        Map<String, Object> organization = Map.of(
                "name",
                "acme",
                "alias",
                "acme",
                "enabled",
                true,
                "domains",
                List.of(Map.of("name", "example.org")),
                "members",
                List.of(Map.of("username", "mary"), Map.of("username", "uma")));
        realm.master()
                .post(
                        "/admin/realms",
                        Map.of(
                                "realm", name,
                                "enabled", true,
                                "organizationsEnabled", true,
                                "components", RealmKeys.components(),
                                "attributes", Map.of("latchkey.client", "app", "latchkey.max-keys", "10"),
                                "clients",
                                        List.of(
                                                Map.of("clientId", "app", "publicClient", true),
                                                Map.of("clientId", "service", "secret", RealmFixture.SECRET)),
                                "users", List.of(user("mary"), user("uma"), user("alice")),
                                "organizations", List.of(organization)))
                .expect(201);
        new RealmSetup(realm).audience("app", "service");
        becomeManaged("mary");
    }

    /** Only a login at an identity provider does it properly: an import loses the type of membership in a cached user (26.7). */
    private static void becomeManaged(String username) {
        try (Database database = Database.open()) {
            database.change("update USER_GROUP_MEMBERSHIP set MEMBERSHIP_TYPE = 'MANAGED' where USER_ID = '"
                    + userId(username) + "'");
        }
        realm.master().post(realm.admin("/clear-user-cache"), Map.of()).expect(204);
    }

    private static String userId(String username) {
        return realm.master()
                .get(realm.admin("/users?exact=true&username=" + username))
                .expect(200)
                .json()
                .at("/0/id")
                .asText();
    }

    @Test
    void membersCostNoSql() {
        adminPermissions(false);

        assertNoSql("uma");
        assertNoSql("mary");
        assertNoSql("alice");
    }

    @Test
    void nobodyCostsSqlWithAdminPermissions() {
        adminPermissions(true);

        assertNoSql("uma");
        assertNoSql("mary");
        assertNoSql("alice");
    }

    @Test
    void disablingTheOrganizationRefusesItsManagedMemberAtOnce() {
        assertEquals(
                "MANAGED",
                realm.master()
                        .get(organization() + "/members?search=mary&exact=true")
                        .expect(200)
                        .json()
                        .at("/0/membershipType")
                        .asText());
        String key = key("mary");
        Supplier<Answer> use = () -> forwardAuth(key);
        use.get().expect(200);
        use.get().expect(200);

        organizationEnabled(false);
        assertEquals(401, use.get().status());

        organizationEnabled(true);
        assertEquals(200, use.get().status());
    }

    @Test
    void aMemberWhoJoinsAndLeavesKeepsWorking() {
        String key = key("alice");
        forwardAuth(key).expect(200);
        String member = userId("alice");

        realm.master()
                .send("POST", organization() + "/members", "application/json", member)
                .expect(201);
        forwardAuth(key).expect(200);

        realm.master().delete(organization() + "/members/" + member).expect(204);
        forwardAuth(key).expect(200);
    }

    private static void assertNoSql(String owner) {
        String key = key(owner);

        Connections.assertNone(200, () -> forwardAuth(key));
        Connections.assertNone(200, () -> api.verify("service", Map.of("key", key, "origin", nextOrigin())));
        Connections.assertNone(200, () -> api.introspect("service", key, Map.of()));
        Connections.assertNone(200, () -> realm.exchange(key));
    }

    private static Answer forwardAuth(String key) {
        return realm.anyone()
                .with("X-API-Key", key)
                .with("Origin", nextOrigin())
                .get(realm.keys() + "/forward-auth?audience=service");
    }

    private static String nextOrigin() {
        return "https://n" + ORIGINS.incrementAndGet() + ".example.org";
    }

    private static String key(String owner) {
        String name = "key " + ORIGINS.incrementAndGet();
        return realm.master()
                .post(realm.adminKeys(), Map.of("name", name, "owner", Map.of("name", owner)))
                .expect(201)
                .text("key");
    }

    private static void adminPermissions(boolean on) {
        new RealmSetup(realm).realm(Map.of("adminPermissionsEnabled", on));
    }

    private static void organizationEnabled(boolean enabled) {
        realm.master()
                .put(
                        organization(),
                        Map.of(
                                "name",
                                "acme",
                                "alias",
                                "acme",
                                "enabled",
                                enabled,
                                "domains",
                                List.of(Map.of("name", "example.org"))))
                .expect(204);
    }

    private static String organization() {
        Answer found = realm.master().get(realm.admin("/organizations"));
        return realm.admin(
                "/organizations/" + found.expect(200).json().at("/0/id").asText());
    }

    private static Map<String, Object> user(String username) {
        return Map.of(
                "username",
                username,
                "enabled",
                true,
                "email",
                username + "@example.org",
                "emailVerified",
                true,
                "firstName",
                "Given",
                "lastName",
                "Family");
    }
}
