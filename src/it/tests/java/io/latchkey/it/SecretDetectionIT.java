package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That tests which look for something in the log or the database would find it. */
@EveryDatabase
class SecretDetectionIT {

    @Test
    void theDumpHoldsWhatKeycloakStores() {
        try (RealmFixture realm = RealmFixture.create(Map.of("latchkey.upgrade-url", "https://example.org/needle"));
                Database database = Database.open()) {
            String dump = database.dump();

            assertTrue(dump.contains("REALM.NAME=" + realm.name() + "\n"));
            assertTrue(dump.contains("REALM_ATTRIBUTE.VALUE=https://example.org/needle\n"));
        }
    }

    @Test
    void theDumpHoldsOurTables() {
        try (RealmFixture realm = RealmFixture.create(Map.of());
                Database database = Database.open()) {
            realm.user("alice");
            String id = realm.createKey("alice", "needle").text("id");

            List<String> names = database.rows("LATCHKEY_KEY").stream()
                    .filter(row -> id.equals(row.get("ID")))
                    .map(row -> row.get("NAME"))
                    .toList();

            assertEquals(List.of("needle"), names);
            assertTrue(database.dump().contains("LATCHKEY_KEY.NAME=needle\n"));
        }
    }

    @Test
    void theLogIsThatOfThisServer() {
        assertFalse(ServerLog.with("Listening on: ").isEmpty());
    }
}
