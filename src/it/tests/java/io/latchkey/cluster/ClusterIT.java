package io.latchkey.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.cluster.SharedRealm.Owner;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.Eventually;
import io.latchkey.it.RealmFixture;
import io.latchkey.it.RealmSetup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one node is told to take away, the other one refuses within a second, however well it remembered. */
@ExtendWith(ClusterExtension.class)
class ClusterIT {

    private static final Duration LONGEST = Duration.ofSeconds(1);

    private static SharedRealm realm;

    /** The node where something is changed, and the one where keys are used. */
    enum Route {
        A_TO_B,
        B_TO_A;

        RealmFixture changed() {
            return this == A_TO_B ? realm.a() : realm.b();
        }

        RealmFixture used() {
            return this == A_TO_B ? realm.b() : realm.a();
        }
    }

    @BeforeAll
    static void createRealm(Cluster cluster) {
        realm = SharedRealm.create(cluster);
    }

    @AfterAll
    static void deleteRealm() {
        if (realm != null) {
            realm.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRevokedKeyIsRefused(Route route) {
        Answer key = realm.key(realm.owner(), Map.of());

        assertRefused(
                "key revoked",
                route,
                key,
                there -> there.master().delete(path(key)).expect(204));
    }

    @ParameterizedTest
    @EnumSource
    void aKeyRevokedByItsHolderIsRefused(Route route) {
        Answer key = realm.key(realm.owner(), Map.of());

        assertRefused(
                "key revoked by its holder",
                route,
                key,
                there -> there.anyone()
                        .form(there.keys() + "/revoke", Map.of("token", key.text("key")))
                        .expect(200));
    }

    @ParameterizedTest
    @EnumSource
    void aDisabledKeyIsRefusedUntilItIsEnabled(Route route) {
        Answer key = realm.key(realm.owner(), Map.of());

        assertRefused("key disabled", route, key, there -> edit(there, key, Map.of("enabled", false)));

        edit(route.changed(), key, Map.of("enabled", true));
        Eventually.within(LONGEST, () -> KeyEndpoint.VERIFY.opens(route.used(), key.text("key")));
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatMayBeUsedElsewhereOnlyIsRefused(Route route) {
        Answer key = realm.key(realm.owner(), Map.of());

        assertRefused(
                "addresses restricted",
                route,
                key,
                there -> edit(there, key, Map.of("allowedIps", List.of("192.0.2.0/24"))));
    }

    @ParameterizedTest
    @EnumSource
    void aReplacedKeyIsRefused(Route route) {
        Answer key = realm.key(realm.owner(), Map.of());

        assertRefused(
                "key rotated",
                route,
                key,
                there -> there.master()
                        .post(path(key) + "/rotate", Map.of("gracePeriod", "PT0S"))
                        .expect(201));
    }

    @ParameterizedTest
    @EnumSource
    void theKeyOfADisabledOwnerIsRefused(Route route) {
        Owner owner = realm.owner();

        assertRefused(
                "owner disabled",
                route,
                realm.key(owner, Map.of()),
                there -> new RealmSetup(there).user(owner.id(), Map.of("enabled", false)));
    }

    @ParameterizedTest
    @EnumSource
    void theKeyOfADeletedOwnerIsRefused(Route route) {
        Owner owner = realm.owner();

        assertRefused(
                "owner deleted",
                route,
                realm.key(owner, Map.of()),
                there -> there.master()
                        .delete(there.admin("/users/" + owner.id()))
                        .expect(204));
    }

    @ParameterizedTest
    @EnumSource
    void theKeyOfAServiceIsRefusedOnceItsClientIsDisabled(Route route) {
        Map<String, Object> service =
                Map.of("clientId", "robot-" + route, "secret", RealmFixture.SECRET, "serviceAccountsEnabled", true);
        realm.setup().client(service);
        Answer key = realm.a()
                .master()
                .post(
                        realm.a().adminKeys(),
                        Map.of(
                                "name",
                                "of a service",
                                "owner",
                                Map.of("type", "service-account", "name", "robot-" + route)))
                .expect(201);

        assertRefused(
                "client disabled",
                route,
                key,
                there -> new RealmSetup(there).client("robot-" + route, Map.of("enabled", false)));
    }

    @ParameterizedTest
    @EnumSource
    void aScopeIsRefusedOnceTheOwnerLostItsRole(Route route) {
        Owner owner = realm.newReader();
        Answer key = realm.key(owner, Map.of("scopes", List.of("reports", "invoices")));

        assertRefused(
                "role lost", route, reports(key), there -> new RealmSetup(there).withdrawRole(owner.id(), "reader"));
    }

    @ParameterizedTest
    @EnumSource
    void aScopeIsRefusedOnceTheKeyLostIt(Route route) {
        Answer key = realm.key(realm.newReader(), Map.of("scopes", List.of("reports", "invoices")));

        assertRefused(
                "scope removed from key",
                route,
                reports(key),
                there -> edit(there, key, Map.of("scopes", List.of("invoices"))));
    }

    @ParameterizedTest
    @EnumSource
    void aKeyAloneGetsNoTokenOnceThePolicyNamesNoClient(Route route) {
        Answer key = realm.key(realm.owner(), Map.of());
        try {
            assertRefused(
                    "policy changed",
                    route,
                    there -> KeyEndpoint.EXCHANGE.opens(there, key.text("key")),
                    there -> there.master()
                            .put(there.adminKeys() + "/policy", Map.of("brand", "test"))
                            .expect(200));
        } finally {
            route.changed().policy(Map.of("maxKeys", 100));
        }
    }

    /** Through every door. */
    private static void assertRefused(String what, Route route, Answer key, Consumer<RealmFixture> change) {
        List<Predicate<RealmFixture>> doors = List.of(KeyEndpoint.values()).stream()
                .<Predicate<RealmFixture>>map(door -> there -> door.opens(there, key.text("key")))
                .toList();
        warm(route, doors);

        change.accept(route.changed());

        doors.forEach(door -> assertRefused(what, route, door));
    }

    private static void assertRefused(
            String what, Route route, Predicate<RealmFixture> door, Consumer<RealmFixture> change) {
        warm(route, List.of(door));

        change.accept(route.changed());

        assertRefused(what, route, door);
    }

    /** Twice on either node: whatever is remembered of a key is remembered then. */
    private static void warm(Route route, List<Predicate<RealmFixture>> doors) {
        for (RealmFixture node : List.of(route.used(), route.changed(), route.used(), route.changed())) {
            doors.forEach(door -> assertTrue(door.test(node)));
        }
    }

    private static void assertRefused(String what, Route route, Predicate<RealmFixture> door) {
        Duration took = Eventually.within(LONGEST, () -> !door.test(route.used()));
        System.out.println(what + ", " + route + ": " + took.toMillis() + " ms");
    }

    private static Predicate<RealmFixture> reports(Answer key) {
        return there -> KeyEndpoint.verify(there, Map.of("key", key.text("key"), "scope", "reports"));
    }

    private static String path(Answer key) {
        return realm.a().adminKeys() + "/" + key.text("id");
    }

    private static void edit(RealmFixture there, Answer key, Map<String, ?> changes) {
        there.master().patch(path(key), changes).expect(200);
    }
}
