package io.latchkey.cluster;

import io.latchkey.cluster.SharedRealm.Owner;
import io.latchkey.it.ApiClient;
import io.latchkey.it.RealmFixture;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes 64 keys and uses them, through both nodes and at the same time, until it is closed. It remembers every answer. */
final class Load implements AutoCloseable {

    private static final int KEYS = 64;
    private static final int WORKERS = 8;
    // Some hundred requests in a second, which leaves room for a node that starts beside it.
    private static final int PAUSE_MILLIS = 40;
    private static final int STEPS_PER_KEY = 8;

    /** One of the nodes. */
    enum Place {
        A,
        B;

        Place other() {
            return this == A ? B : A;
        }
    }

    /** A key that somebody was told of. */
    record Made(String id, String key) {}

    /** A use that somebody was told is fine. */
    record Use(String keyId, Place place, Instant answered) {}

    private final SharedRealm realm;
    private final Map<Place, ApiClient> admins = new EnumMap<>(Place.class);
    private final Queue<Made> made = new ConcurrentLinkedQueue<>();
    private final Queue<Use> uses = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(WORKERS);
    private volatile Place leaving;

    private Load(SharedRealm realm) {
        this.realm = realm;
        admins.put(Place.A, realm.a().master());
        admins.put(Place.B, realm.b().master());
    }

    static Load start(SharedRealm realm) {
        Load load = new Load(realm);
        // The first key of a realm makes what all of them need.
        realm.key(realm.owner(), Map.of());
        for (int i = 0; i < WORKERS; i++) {
            Worker worker = load.new Worker(realm.owner());
            load.threads.scheduleWithFixedDelay(worker::step, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        return load;
    }

    /** Has an owner, and uses the owner's keys in turn. */
    private final class Worker {
        private final Owner owner;
        private final List<Made> mine = new ArrayList<>();
        private int steps;

        Worker(Owner owner) {
            this.owner = owner;
        }

        void step() {
            if (steps % STEPS_PER_KEY == 0 && steps / STEPS_PER_KEY < KEYS / WORKERS) {
                int number = steps / STEPS_PER_KEY;
                Place wanted = Place.values()[number % 2];
                attempt(wanted == leaving ? wanted.other() : wanted, place -> make(place, "key " + number));
                attempts.incrementAndGet();
            }
            if (!mine.isEmpty()) {
                Made key = mine.get(steps % mine.size());
                attempt(Place.A, place -> use(place, key));
                attempt(Place.B, place -> use(place, key));
            }
            steps++;
        }

        private void make(Place place, String name) {
            var answer = admins.get(place)
                    .post(at(place).adminKeys(), Map.of("name", name, "owner", Map.of("name", owner.name())))
                    .expect(201);
            Made key = new Made(answer.text("id"), answer.text("key"));
            mine.add(key);
            made.add(key);
        }
    }

    private void use(Place place, Made key) {
        if (KeyEndpoint.VERIFY.opens(at(place), key.key())) {
            uses.add(new Use(key.id(), place, Instant.now()));
        } else {
            failures.add(place + " refused " + key.id());
        }
    }

    private interface Request {
        void send(Place place);
    }

    private void attempt(Place place, Request request) {
        try {
            request.send(place);
        } catch (UncheckedIOException | AssertionError unanswered) {
            if (place != leaving) {
                failures.add(place + ": " + unanswered);
            }
        }
    }

    private RealmFixture at(Place place) {
        return place == Place.A ? realm.a() : realm.b();
    }

    /** From now on nobody counts on answers of this node. It must not refuse a good key, though. */
    void leaves(Place place) {
        leaving = place;
    }

    /** Whether some use through the node was answered before that moment. */
    boolean wasUsedBefore(Place place, Instant moment) {
        return uses.stream()
                .anyMatch(use -> use.place() == place && use.answered().isBefore(moment));
    }

    /** Whether it was tried to make every key. */
    boolean hasTriedAll() {
        return attempts.get() >= KEYS;
    }

    List<Made> made() {
        return List.copyOf(made);
    }

    List<Use> uses() {
        return List.copyOf(uses);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Returns once the last request has been answered. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(2, TimeUnit.MINUTES)) {
                throw new AssertionError("A request hangs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
