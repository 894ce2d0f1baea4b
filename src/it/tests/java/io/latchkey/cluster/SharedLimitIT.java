package io.latchkey.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.Eventually;
import io.latchkey.it.RealmFixture;
import io.latchkey.it.RealmSetup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One limit for both nodes, but for what they have not told each other yet. */
@ExtendWith(ClusterExtension.class)
class SharedLimitIT {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int WORKERS = 4;
    private static final int RATE = 20;

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
    void whatOneNodeAllowsTheOtherOneDoesNotAllowAgain() {
        Answer key = limited("50/h");
        assertEquals(30, allowed(realm.a(), key, 30));

        // The other node has never seen the key.
        Eventually.within(SOON, () -> remaining(realm.b(), key) == 20);

        assertEquals(20, allowed(realm.b(), key, 30));
        Eventually.within(SOON, () -> remaining(realm.a(), key) == 0);
        assertEquals(0, allowed(realm.a(), key, 5));
    }

    @Test
    void whatBothAllowTooMuchIsWithinTheDocumentedBoundAndPaidBack() throws InterruptedException {
        Answer key = limited(RATE + "/s");
        Duration time = Duration.ofSeconds(6);
        AtomicInteger allowed = new AtomicInteger();
        ExecutorService workers = Executors.newFixedThreadPool(2 * WORKERS);
        Instant start = Instant.now();
        Instant end = start.plus(time);

        for (int i = 0; i < WORKERS; i++) {
            for (RealmFixture node : List.of(realm.a(), realm.b())) {
                workers.execute(() -> {
                    while (Instant.now().isBefore(end)) {
                        allowed.addAndGet(allowed(node, key, 1));
                    }
                });
            }
        }
        workers.shutdown();
        assertTrue(workers.awaitTermination(1, TimeUnit.MINUTES));

        double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
        double exact = RATE + RATE * seconds;
        // One other node, its burst, and what it allows until it hears of this one: 0.2 s, and a second on a busy
        // machine.
        double overshoot = RATE + RATE * 1.2;
        System.out.printf("%d calls in %.1f s, exactly would be %.0f%n", allowed.get(), seconds, exact);
        assertTrue(allowed.get() <= exact + overshoot, () -> allowed + " of " + exact);
        assertTrue(allowed.get() >= RATE * seconds * 0.8, () -> allowed + " of " + exact);
    }

    @Test
    void aPlanThatIsGivenOrTakenAwayCountsOnTheOtherNodeWithinASecond() {
        SharedRealm.Owner owner = realm.owner();
        Answer key = limited("5/h", owner);
        assertEquals(5, allowed(realm.b(), key, 9));

        new RealmSetup(realm.a())
                .giveRealmRole(owner.id(), "professional", Map.of("latchkey.rate-limit", List.of("10000/s")));
        Eventually.within(SOON, () -> allowed(realm.b(), key, 1) == 1);
        assertEquals("10000/s", limit(realm.b(), key));
        realm.setup().withdrawRole(owner.id(), "professional");

        Eventually.within(SOON, () -> limit(realm.b(), key).equals("5/h"));
    }

    private static Answer limited(String limit) {
        return limited(limit, realm.owner());
    }

    private static Answer limited(String limit, SharedRealm.Owner owner) {
        realm.a().policy(Map.of("rateLimit", limit));
        Answer key = realm.key(owner, Map.of());
        Eventually.within(SOON, () -> Stream.of(realm.a(), realm.b()).allMatch(node -> limit.equals(limit(node, key))));
        return key;
    }

    private static String limit(RealmFixture node, Answer key) {
        return verdict(node, key).at("/limits/0/limit").asText();
    }

    private static int remaining(RealmFixture node, Answer key) {
        JsonNode remaining = verdict(node, key).at("/limits/0/remaining");
        assertFalse(remaining.isMissingNode());
        return remaining.asInt();
    }

    /** Takes nothing. */
    private static JsonNode verdict(RealmFixture node, Answer key) {
        return KeyEndpoint.verdict(node, node.anyone(), Map.of("key", key.text("key"), "dryRun", true));
    }

    private static int allowed(RealmFixture node, Answer key, int calls) {
        int allowed = 0;
        for (int i = 0; i < calls; i++) {
            allowed += KeyEndpoint.FORWARD_AUTH.opens(node, key.text("key")) ? 1 : 0;
        }
        return allowed;
    }
}
