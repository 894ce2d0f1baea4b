package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.it.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Four changes of keys hang in the database, as they would if another node hung, and leave no turn to others. */
class BulkheadIT {

    private static final int TURNS = 4;
    private static final String BLOCKED = "select * from INFORMATION_SCHEMA.SESSIONS where BLOCKER_ID is not null";

    private static RealmFixture realm;
    private static String ownerId;
    private static Answer key;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
        ownerId = realm.user("alice");
        key = realm.createKey("alice", "key");
    }

    @Test
    void strangersAreRefusedWhileEveryTurnIsTaken() {
        ApiClient alice = realm.signedIn("alice");
        String unknown = ForgedKey.withOtherSecret(key.text("key"));
        ExecutorService threads = Executors.newFixedThreadPool(TURNS);
        try (Database database = Database.open();
                Database holder = Database.open()) {
            holder.hold("update LATCHKEY_OWNER set OWNER_ID = OWNER_ID where OWNER_ID = '" + ownerId + "'");
            List<CompletableFuture<Answer>> changes = IntStream.range(0, TURNS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> alice.patch(
                                    realm.keys() + "/" + key.text("id"), Map.of("description", "change " + i)),
                            threads))
                    .toList();
            Eventually.expect(() -> database.query(BLOCKED).size() == TURNS);

            realm.anyone().post(realm.keys(), Map.of("name", "mine")).expect(401);
            realm.anyone()
                    .as("no token")
                    .post(realm.keys(), Map.of("name", "mine"))
                    .expect(401);
            realm.anyone()
                    .with("X-API-Key", unknown)
                    .send("POST", realm.keys() + "/self/rotate", null, null)
                    .expect(401);
            realm.anyone()
                    .with("X-API-Key", unknown)
                    .delete(realm.keys() + "/self")
                    .expect(401);
            realm.anyone()
                    .form(realm.keys() + "/revoke", Map.of("token", unknown))
                    .expect(200);

            holder.close();
            changes.forEach(change -> assertEquals(200, change.join().status()));
        } finally {
            threads.shutdown();
        }
    }
}
