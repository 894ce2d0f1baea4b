package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.it.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One key in the hands of many callers at once: nobody waits for a row, nobody fails. */
@EveryDatabase
class HotKeyIT {

    private static final int CALLERS = 64;
    private static final int EXCHANGES = 50;

    private static RealmFixture realm;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
        realm.user("alice");
    }

    @Test
    void everyExchangeOfAHotKeySucceeds() throws Exception {
        String key = realm.createKey("alice", "hot").text("key");

        assertEquals(Map.of(200, CALLERS * EXCHANGES), statuses(key, EXCHANGES));
    }

    @Test
    void everyFirstUseOfASuccessorSucceedsAndEndsThePredecessor() throws Exception {
        Answer old = realm.createKey("alice", "rotating");
        String successor = realm.signedIn("alice")
                .post(
                        realm.keys() + "/" + old.text("id") + "/rotate",
                        Map.of("gracePeriod", "PT1H", "endOnFirstUse", true))
                .expect(201)
                .text("key");

        assertEquals(Map.of(200, CALLERS), statuses(successor, 1));
        Rejection.assertTellsNothing(realm.exchange(old.text("key")));
    }

    @Test
    void everyUseIsCounted() throws Exception {
        Answer key = realm.createKey("alice", "counted");

        statuses(key.text("key"), 2);

        String path = realm.keys() + "/" + key.text("id");
        ApiClient alice = realm.signedIn("alice");
        Eventually.expect(() -> alice.get(path).expect(200).json().path("uses").asLong() == 2L * CALLERS);
    }

    /** How often each status was answered when all callers start at the same moment. */
    private static Map<Integer, Integer> statuses(String key, int times)
            throws InterruptedException, ExecutionException {
        CountDownLatch start = new CountDownLatch(1);
        Callable<List<Integer>> caller = () -> {
            start.await();
            List<Integer> seen = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                seen.add(realm.exchange(key).status());
            }
            return seen;
        };
        Map<Integer, Integer> statuses = new TreeMap<>();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<List<Integer>>> pending = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                pending.add(callers.submit(caller));
            }
            start.countDown();
            for (Future<List<Integer>> answers : pending) {
                answers.get().forEach(status -> statuses.merge(status, 1, Integer::sum));
            }
        } finally {
            callers.shutdownNow();
        }
        return statuses;
    }
}
