package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key of a service account that every door remembers is refused by each of them at once when it or its client ends. */
class ServiceAccountKeysIT {

    private static RealmFixture realm;
    private static RealmSetup setup;
    private static int robots;

    private String robot;
    private Answer key;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
        setup = new RealmSetup(realm);
        setup.audience("app", "service");
    }

    @BeforeEach
    void createWarmKey() {
        robot = "robot" + ++robots;
        setup.client(Map.of("clientId", robot, "secret", RealmFixture.SECRET, "serviceAccountsEnabled", true));
        key = realm.master()
                .post(
                        realm.adminKeys(),
                        Map.of("name", "key", "owner", Map.of("type", "service-account", "name", robot)))
                .expect(201);
        assertTrue(Endpoints.open(realm, key));
    }

    @Test
    void aDisabledKey() {
        String path = realm.adminKeys() + "/" + key.text("id");

        realm.master().patch(path, Map.of("enabled", false)).expect(200);
        assertFalse(Endpoints.open(realm, key));

        realm.master().patch(path, Map.of("enabled", true)).expect(200);
        assertTrue(Endpoints.open(realm, key));
    }

    @Test
    void aRevokedKeyAndItsToken() {
        String token = realm.exchange(key.text("key")).expect(200).text("access_token");
        assertTrue(realm.introspect(token).json().path("active").asBoolean());

        realm.master().delete(realm.adminKeys() + "/" + key.text("id")).expect(204);

        assertFalse(Endpoints.open(realm, key));
        assertFalse(realm.introspect(token).json().path("active").asBoolean());
    }

    @Test
    void aDisabledClient() {
        setup.client(robot, Map.of("enabled", false));
        assertFalse(Endpoints.open(realm, key));

        setup.client(robot, Map.of("enabled", true));
        assertTrue(Endpoints.open(realm, key));
    }

    @Test
    void aClientWithoutServiceAccountAnyMore() {
        setup.client(robot, Map.of("serviceAccountsEnabled", false));

        assertFalse(Endpoints.open(realm, key));
    }

    @Test
    void aDisabledAccount() {
        String account = realm.master()
                .get(setup.clientPath(robot) + "/service-account-user")
                .expect(200)
                .text("id");

        setup.user(account, Map.of("enabled", false));

        assertFalse(Endpoints.open(realm, key));
    }

    @Test
    void aDeletedClient() {
        realm.master().delete(setup.clientPath(robot)).expect(204);

        assertFalse(Endpoints.open(realm, key));
    }
}
