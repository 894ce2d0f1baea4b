package io.latchkey.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.cluster.Load.Made;
import io.latchkey.cluster.Load.Place;
import io.latchkey.cluster.Load.Use;
import io.latchkey.it.Database;
import io.latchkey.it.Eventually;
import io.latchkey.it.RealmFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node goes while keys are made and used through it. */
@ExtendWith(ClusterExtension.class)
@TestMethodOrder(OrderAnnotation.class)
class StoppedNodeIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Writing itself takes a moment as well. */
    private static final Duration WRITTEN = Cluster.FLUSH.plusSeconds(1);

    private SharedRealm realm;

    @BeforeEach
    void createRealm(Cluster cluster) {
        cluster.complete();
        realm = SharedRealm.create(cluster);
    }

    @AfterEach
    void deleteRealm() {
        if (realm != null) {
            realm.close();
        }
    }

    @Test
    @Order(1)
    void aNodeThatIsRestartedIsMissedByNobody(Cluster cluster) {
        Load load = Load.start(realm);
        try (load) {
            awaitUsesAt(load, Place.A, Cluster.FLUSH);

            load.leaves(Place.A);
            cluster.a().stop();
            cluster.complete();
        }

        assertEquals(List.of(), load.failures());
        assertRecorded(load, use -> true);
        assertAccepted(load.made(), realm.a());
        assertAccepted(load.made(), realm.b());
    }

    // Last, so that nobody has to start the node again.
    @Test
    @Order(2)
    void aNodeThatIsKilledTakesNoKeyWithItAndOnlyTheLastUses(Cluster cluster) {
        Instant killed;
        Load load = Load.start(realm);
        try (load) {
            awaitUsesAt(load, Place.B, WRITTEN.multipliedBy(2));

            load.leaves(Place.B);
            killed = Instant.now();
            cluster.b().kill();

            Eventually.within(PATIENCE, () -> recorded() >= 0 && load.hasTriedAll());
        }

        assertEquals(List.of(), load.failures());
        Instant safe = killed.minus(WRITTEN);
        assertRecorded(load, use -> use.place() == Place.A || use.answered().isBefore(safe));
        assertAccepted(load.made(), realm.a());
    }

    /** Until the load has lasted that long there. Each question is put to the database, which is pause enough. */
    private static void awaitUsesAt(Load load, Place place, Duration time) {
        Eventually.within(
                PATIENCE,
                () -> recorded() > 0 && load.wasUsedBefore(place, Instant.now().minus(time)));
    }

    private static void assertAccepted(List<Made> keys, RealmFixture node) {
        assertTrue(keys.size() > 32, "only so many keys were made: " + keys.size());
        List<String> refused = keys.stream()
                .filter(key -> !KeyEndpoint.VERIFY.opens(node, key.key()))
                .map(Made::id)
                .toList();
        assertEquals(List.of(), refused);
    }

    /** Of every key at least those uses that must not be lost. To be asked before anybody uses the keys once more. */
    private static void assertRecorded(Load load, Predicate<Use> safe) {
        Map<String, Long> expected =
                load.uses().stream().filter(safe).collect(Collectors.groupingBy(Use::keyId, Collectors.counting()));
        assertTrue(expected.size() > 16, "so few keys were used: " + expected.size());

        Eventually.within(Duration.ofSeconds(30), () -> {
            Map<String, Long> recorded = uses();
            return expected.entrySet().stream()
                    .allMatch(key -> recorded.getOrDefault(key.getKey(), 0L) >= key.getValue());
        });
        System.out.println(load.made().size() + " keys, " + load.uses().size() + " uses answered, " + recorded()
                + " on record, at least expected "
                + expected.values().stream().mapToLong(Long::longValue).sum());
    }

    private static long recorded() {
        return uses().values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> uses() {
        try (Database database = Database.open()) {
            return database.rows("latchkey_use").stream()
                    .collect(Collectors.toMap(row -> row.get("KEY_ID"), row -> Long.valueOf(row.get("USES"))));
        }
    }
}
