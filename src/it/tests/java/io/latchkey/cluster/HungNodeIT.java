package io.latchkey.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.cluster.SharedRealm.Owner;
import io.latchkey.it.ApiClient;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.Concurrently;
import io.latchkey.it.Database;
import io.latchkey.it.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A node that hangs is told of changes in vain, for the 15 seconds that Keycloak waits for it. Whoever makes a change on the
 * other node learns what has become of it.
 */
@ExtendWith(ClusterExtension.class)
class HungNodeIT {

    /** How long a node may serve what it remembers when it missed the news. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** How long Keycloak waits for a node that was told something. */
    private static final Duration MESSAGE = Duration.ofSeconds(15);

    @Test
    void changesAreMadeOnceAndAnsweredWhileTheOtherNodeHangs(Cluster cluster) {
        try (SharedRealm realm = SharedRealm.create(cluster)) {
            Answer revoked = warmKey(realm);
            Answer disabled = warmKey(realm);
            Answer rotated = warmKey(realm);
            Owner owner = realm.owner();
            ApiClient admin = realm.a().master();
            String keys = realm.a().adminKeys();

            List<Answer> answers = whileHanging(
                    cluster.b(),
                    List.of(
                            () -> admin.delete(keys + "/" + revoked.text("id")),
                            () -> admin.patch(keys + "/" + disabled.text("id"), Map.of("enabled", false)),
                            () -> admin.post(
                                    keys + "/" + rotated.text("id") + "/rotate", Map.of("gracePeriod", "PT0S")),
                            () -> admin.post(
                                    keys, Map.of("name", "made meanwhile", "owner", Map.of("name", owner.name())))));

            assertEquals(
                    List.of(204, 200, 201, 201),
                    answers.stream().map(Answer::status).toList(),
                    answers::toString);
            assertRevoked(revoked);
            assertEquals(1, named("made meanwhile"));
            for (Answer gone : List.of(revoked, disabled, rotated)) {
                Duration took =
                        Eventually.within(LONGEST, () -> !KeyEndpoint.VERIFY.opens(realm.b(), gone.text("key")));
                System.out.println("refused by the node that hung after " + took.toMillis() + " ms");
            }
            answers.subList(2, 4).forEach(made -> assertTrue(KeyEndpoint.VERIFY.opens(realm.b(), made.text("key"))));
        }
    }

    @Test
    void policiesAreWrittenAndSuccessorsUsedWhileTheOtherNodeHangs(Cluster cluster) {
        try (SharedRealm realm = SharedRealm.create(cluster)) {
            Answer old = warmKey(realm);
            ApiClient admin = realm.a().master();
            String next = admin.post(
                            realm.a().adminKeys() + "/" + old.text("id") + "/rotate", Map.of("endOnFirstUse", true))
                    .expect(201)
                    .text("key");

            List<Answer> answers = whileHanging(
                    cluster.b(),
                    List.of(
                            () -> admin.put(
                                    realm.a().adminKeys() + "/policy", Map.of("creation", "everyone", "maxKeys", 7)),
                            () -> realm.a().exchange(next, Map.of("client_id", "app"))));

            assertEquals(List.of(200, 200), answers.stream().map(Answer::status).toList(), answers::toString);
            assertEquals(7, answers.get(0).json().path("maxKeys").asInt());
            assertRevoked(old);
            Eventually.within(LONGEST, () -> !KeyEndpoint.VERIFY.opens(realm.b(), old.text("key")));
            assertTrue(KeyEndpoint.VERIFY.opens(realm.b(), next));
        }
    }

    @Test
    void keysAreUsedAsEverWhileTheOtherNodeHangs(Cluster cluster) {
        try (SharedRealm realm = SharedRealm.create(cluster)) {
            String key = warmKey(realm).text("key");
            List.of(KeyEndpoint.values()).forEach(door -> assertTrue(door.opens(realm.a(), key)));

            cluster.b().hang();
            try {
                Instant start = Instant.now();
                List.of(KeyEndpoint.values()).forEach(door -> assertTrue(door.opens(realm.a(), key)));
                Duration took = Duration.between(start, Instant.now());
                assertTrue(took.compareTo(MESSAGE) < 0, () -> "waited for the other node: " + took);
            } finally {
                cluster.b().goOn();
            }
        }
    }

    private static Answer warmKey(SharedRealm realm) {
        Owner owner = realm.owner();
        // Owners who use the consoles have sessions, which the nodes share as well.
        realm.b().passwordToken(owner.name()).expect(200);
        Answer key = realm.key(owner, Map.of());
        assertTrue(KeyEndpoint.VERIFY.opens(realm.b(), key.text("key")));
        return key;
    }

    /** All at once, for as many as a node lets run: the cluster gives up a node that hangs for 45 seconds. */
    private static List<Answer> whileHanging(Node node, List<Supplier<Answer>> changes) {
        node.hang();
        try {
            return Concurrently.run(changes.size(), i -> {
                Instant start = Instant.now();
                Answer answer = changes.get(i).get();
                System.out.println("change " + i + " answered after " + Duration.between(start, Instant.now()));
                return answer;
            });
        } finally {
            node.goOn();
        }
    }

    private static void assertRevoked(Answer key) {
        try (Database database = Database.open()) {
            assertTrue(database.rows("latchkey_key").stream()
                    .anyMatch(row -> key.text("id").equals(row.get("ID")) && row.containsKey("REVOKED_AT")));
        }
    }

    private static long named(String name) {
        try (Database database = Database.open()) {
            return database.rows("latchkey_key").stream()
                    .filter(row -> name.equals(row.get("NAME")))
                    .count();
        }
    }
}
