package io.latchkey.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.cluster.SharedRealm.Owner;
import io.latchkey.it.Database;
import io.latchkey.it.Eventually;
import io.latchkey.it.NeedsCredits;
import io.latchkey.it.PaidRealm;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Credits are spent at two nodes, to the last millionth and never beyond what was granted. */
@NeedsCredits
@ExtendWith(ClusterExtension.class)
@TestMethodOrder(OrderAnnotation.class)
class PaidCallsIT {

    private static final int CALLS = 200_000;
    private static final int THREADS = 6;
    private static final Duration LONGEST = Duration.ofMinutes(4);
    private static final BigDecimal ALLOWED = BigDecimal.valueOf(1000);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private SharedRealm realm;
    private PaidRealm a;
    private PaidRealm b;
    private Owner owner;
    private PaidCalls calls;

    @BeforeEach
    void createRealm(Cluster cluster) {
        cluster.complete();
        realm = SharedRealm.create(cluster);
        a = new PaidRealm(realm.a());
        b = new PaidRealm(realm.b());
        a.api(PaidCalls.API, "1");
        owner = realm.owner();
        calls = new PaidCalls(a, b, realm.key(owner, Map.of()).text("key"));
    }

    @AfterEach
    void deleteRealm() {
        if (realm != null) {
            realm.close();
        }
    }

    @Test
    @Order(1)
    void theLedgerEqualsTheSuccesses() {
        a.allow(owner.name(), PaidCalls.API, 1_000_000, "none").expect(200);

        Instant end = Instant.now().plus(LONGEST);
        calls.run(CALLS, THREADS, () -> Instant.now().isAfter(end));

        assertTrue(calls.failures().isEmpty(), () -> calls.failures().get(0));
        assertTrue(calls.reserved() >= CALLS, "only " + calls.reserved() + " calls in " + LONGEST);
        Eventually.within(Duration.ofSeconds(60), () -> ledger("LEASED").signum() == 0);
        assertEquals(0, calls.charged().compareTo(ledger("SPENT")), calls.charged() + " but " + ledger("SPENT"));
        assertEquals(0, ledger("WRITTEN_OFF").signum());
        System.out.println(calls.reserved() + " calls, " + ledger("SPENT") + " credits");
    }

    @Test
    @Order(2)
    void anAllowanceIsSpentToItsEndAndNoFurther() {
        a.allow(owner.name(), PaidCalls.API, ALLOWED, "none").expect(200);

        Instant end = Instant.now().plusSeconds(60);
        calls.run(CALLS, THREADS, () -> isNearlySpent() || Instant.now().isAfter(end));

        assertTrue(calls.failures().isEmpty(), () -> calls.failures().get(0));
        assertTrue(calls.refused() > 0);
        Eventually.within(Duration.ofSeconds(60), () -> ledger("LEASED").signum() == 0);
        assertEquals(0, calls.charged().compareTo(ledger("SPENT")), calls.charged() + " but " + ledger("SPENT"));
        assertTrue(isNearlySpent(), () -> "spent only " + ledger("SPENT"));
        assertTrue(ledger("SPENT").compareTo(ALLOWED) <= 0, () -> "spent " + ledger("SPENT"));
    }

    /** But for what each node may have left that pays no call any more. */
    private boolean isNearlySpent() {
        return ledger("SPENT").compareTo(ALLOWED.subtract(new BigDecimal("1.5"))) > 0;
    }

    // Last, so that nobody has to start the node again.
    @Test
    @Order(3)
    void aNodeThatIsKilledTakesAtMostItsLeasesAndTheyAreReported(Cluster cluster) {
        a.allow(owner.name(), PaidCalls.API, 1_000_000, "none").expect(200);
        Instant killing = Instant.now().plusSeconds(8);
        Thread killer = new Thread(() -> {
            Eventually.within(
                    Duration.ofMinutes(1),
                    () -> ledger("SPENT").signum() > 0 && Instant.now().isAfter(killing));
            calls.stayAt(0);
            cluster.b().kill();
        });
        killer.start();

        Instant end = killing.plusSeconds(20);
        calls.run(CALLS, THREADS, () -> Instant.now().isAfter(end));

        assertTrue(calls.failures().isEmpty(), () -> calls.failures().get(0));
        Eventually.within(
                Duration.ofMinutes(3),
                () -> ledger("LEASED").signum() == 0 && ledger("WRITTEN_OFF").signum() > 0);
        BigDecimal spent = ledger("SPENT");
        BigDecimal told = calls.charged();
        BigDecimal written = ledger("WRITTEN_OFF");
        System.out.println("told " + told + " (perhaps " + calls.perhapsCharged() + " more), ledger " + spent
                + ", written off " + written);
        assertTrue(told.subtract(spent).compareTo(written) <= 0, told + " told, " + spent + " spent, " + written);
        assertTrue(spent.compareTo(told.add(calls.perhapsCharged())) <= 0, told + " told, but " + spent);
        assertReported(cluster, written);
    }

    private void assertReported(Cluster cluster, BigDecimal written) {
        assertTrue(cluster.a().lines().stream().anyMatch(line -> line.contains("are written off")));
        assertEquals(0, written.compareTo(a.at(PaidCalls.API, "writtenOff")));
        BigDecimal told = realm.setup().failures().stream()
                .filter(event -> event.path("error").asText().equals("credits_written_off"))
                .filter(event -> event.path("userId").asText().equals(owner.id()))
                .map(event -> new BigDecimal(event.at("/details/credits").asText()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertEquals(0, written.compareTo(told), written + " written off, but the events say " + told);
    }

    private BigDecimal ledger(String column) {
        try (Database database = Database.open()) {
            return database.rows("LATCHKEY_CREDIT").stream()
                    .filter(row -> row.get("OWNER_ID").equals(owner.id()))
                    .map(row -> new BigDecimal(row.get(column)).divide(MILLION))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }
}
