package io.latchkey.cluster;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.cluster.SharedRealm.Owner;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.Database;
import io.latchkey.it.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No message of the cluster says that something has changed; the database alone knows. Nothing is remembered for long. */
@ExtendWith(ClusterExtension.class)
class LostMessageIT {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static SharedRealm realm;

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

    @Test
    void aRevokedKeyIsRefused() {
        Answer key = realm.key(realm.owner(), Map.of());

        assertRefused(
                () -> KeyEndpoint.VERIFY.opens(realm.b(), key.text("key")),
                "update latchkey_key set revoked_at = 1, revocation_reason = 'ADMIN', ends_at = 1 where id = '%s'",
                key.text("id"));
    }

    @Test
    void aDisabledKeyIsRefused() {
        Answer key = realm.key(realm.owner(), Map.of());

        assertRefused(
                () -> KeyEndpoint.VERIFY.opens(realm.b(), key.text("key")),
                "update latchkey_key set activation = 'DISABLED_BY_ADMIN' where id = '%s'",
                key.text("id"));
    }

    @Test
    void theKeyOfADisabledOwnerIsRefused() {
        Owner owner = realm.owner();
        Answer key = realm.key(owner, Map.of());

        assertRefused(
                () -> KeyEndpoint.VERIFY.opens(realm.b(), key.text("key")),
                "update user_entity set enabled = false where id = '%s'",
                owner.id());
    }

    @Test
    void aScopeIsRefusedOnceTheOwnerLostItsRole() {
        Owner owner = realm.newReader();
        Answer key = realm.key(owner, Map.of("scopes", List.of("reports", "invoices")));

        assertRefused(
                () -> KeyEndpoint.verify(realm.b(), Map.of("key", key.text("key"), "scope", "reports")),
                "delete from user_role_mapping where user_id = '%s'",
                owner.id());
    }

    @Test
    void whoAsksAfreshIsToldAtOnce() {
        Owner owner = realm.owner();
        Owner reader = realm.newReader();
        Map<String, String> ended = Map.of("key", realm.key(owner, Map.of()).text("key"));
        Map<String, String> disowned = Map.of("key", realm.key(reader, Map.of()).text("key"));
        assertTrue(KeyEndpoint.verify(realm.b(), ended) && KeyEndpoint.verify(realm.b(), ended));
        assertTrue(KeyEndpoint.verify(realm.b(), disowned) && KeyEndpoint.verify(realm.b(), disowned));

        try (Database database = Database.open()) {
            database.change(
                    "update latchkey_key set activation = 'DISABLED_BY_ADMIN' where owner_id = '" + owner.id() + "'");
            database.change("update user_entity set enabled = false where id = '" + reader.id() + "'");
        }

        assertFalse(KeyEndpoint.verifyAfresh(realm.b(), ended));
        assertFalse(KeyEndpoint.verifyAfresh(realm.b(), disowned));
    }

    private static void assertRefused(BooleanSupplier accepted, String sql, String id) {
        assertTrue(accepted.getAsBoolean());
        assertTrue(accepted.getAsBoolean());

        try (Database database = Database.open()) {
            database.change(String.format(sql, id));
        }

        Duration took = Eventually.within(LONGEST, () -> !accepted.getAsBoolean());
        System.out.println(sql + ": refused after " + took.toMillis() + " ms");
    }
}
