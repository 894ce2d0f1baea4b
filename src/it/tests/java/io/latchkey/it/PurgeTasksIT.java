package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What nobody announces: owners that vanish, keys that ended long ago. The rows are moved there past Keycloak. */
class PurgeTasksIT {

    private static RealmFixture realm;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
    }

    @Test
    void keysOfAVanishedOwnerGo() {
        String user = realm.user("amy");
        String id = realm.createKey("amy", "k").text("id");
        try (Database database = Database.open()) {
            database.change(
                    "update LATCHKEY_KEY set OWNER_ID = 'vanished-" + user + "' where OWNER_ID = '" + user + "'");
            database.change(
                    "update LATCHKEY_OWNER set OWNER_ID = 'vanished-" + user + "' where OWNER_ID = '" + user + "'");

            Eventually.expect(() -> !database.has("LATCHKEY_KEY", "ID", id)
                    && !database.has("LATCHKEY_OWNER", "OWNER_ID", "vanished-" + user));
        }
    }

    @Test
    void keysThatEndedLongAgoGoWithTheirEntries() {
        String user = realm.user("ben");
        Answer key = realm.createKey("ben", "old");
        Answer living = realm.createKey("ben", "new");
        try (Database database = Database.open()) {
            database.change("update LATCHKEY_KEY set EXPIRES_AT = 1, ENDS_AT = 1 where ID = '" + key.text("id") + "'");

            Eventually.expect(() -> !database.has("LATCHKEY_KEY", "ID", key.text("id")));
        }
        String entries = realm.master()
                .get(realm.admin("/users/" + user + "/credentials"))
                .expect(200)
                .text();
        assertTrue(!entries.contains(key.text("family")) && entries.contains(living.text("family")), entries);
        realm.exchange(living.text("key")).expect(200);
    }
}
