package io.latchkey.model.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.fakes.MemoryDatabase;
import io.latchkey.key.KeyId;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.PendingUsageCount;
import io.latchkey.model.TestKeys;
import io.latchkey.model.UsageCounterId;
import io.latchkey.model.UsageGrouping;
import io.latchkey.model.UsageGrouping.Dimension;
import io.latchkey.model.UsageGrouping.Grain;
import io.latchkey.model.UsageQuery;
import io.latchkey.model.UsageSum;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Uses in tables, as the changelog makes them. */
class JpaUsageStoreTest {

    private static final KeyId ONE = TestKeys.id('1');
    private static final KeyId TWO = TestKeys.id('2');
    private static final KeyId THREE = TestKeys.id('3');
    private static final Instant DAY = Instant.parse("2030-01-31T00:00:00Z");
    private static final Instant NOON = Instant.parse("2030-01-31T12:00:00Z");
    private static final Instant NEXT = Instant.parse("2030-02-01T00:00:00Z");

    private final MemoryDatabase database = MemoryDatabase.open();

    @BeforeEach
    void addUses() {
        addKey(ONE, "ann");
        addKey(TWO, "ann");
        addKey(THREE, "bob");
        write(ONE, "rest", DAY, UsageCounterId.ACCEPTED, 5, 0);
        write(ONE, "rest", NOON, UsageCounterId.ACCEPTED, 7, 0);
        write(ONE, "rest", NOON, "settled", 4, 2_000_001);
        write(ONE, "rest", NOON, "released", 2, 0);
        write(ONE, "rest", NOON, "expired", 1, 0);
        write(ONE, "rest", NOON, "api_key_expired", 3, 0);
        write(ONE, "batch", NOON, UsageCounterId.ACCEPTED, 1, 0);
        write(ONE, "batch", NOON, "settled", 1, 40_000_000);
        write(TWO, "rest", NOON, UsageCounterId.ACCEPTED, 10, 0);
        write(TWO, UsageCounterId.NO_API, NOON, "api_key_wrong_secret", 8, 0);
        write(THREE, "rest", NEXT, UsageCounterId.ACCEPTED, 100, 0);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void hoursOfKeysAtApisComeLatestFirst() {
        assertEquals(
                List.of(
                        "2030-02-01T00:00:00Z 3 bob rest: 100 0 0/0/0 0",
                        "2030-01-31T12:00:00Z 1 ann batch: 1 0 1/0/0 40",
                        "2030-01-31T12:00:00Z 1 ann rest: 7 3 4/2/1 2.000001",
                        "2030-01-31T12:00:00Z 2 ann : 0 8 0/0/0 0",
                        "2030-01-31T12:00:00Z 2 ann rest: 10 0 0/0/0 0",
                        "2030-01-31T00:00:00Z 1 ann rest: 5 0 0/0/0 0"),
                find(all(), Grain.HOUR, Dimension.KEY, Dimension.API));
    }

    @Test
    void daysOfOwnersAddUpTheirKeys() {
        assertEquals(
                List.of("2030-02-01T00:00:00Z bob: 100 0 0/0/0 0", "2030-01-31T00:00:00Z ann: 23 11 5/2/1 42.000001"),
                find(all(), Grain.DAY, Dimension.OWNER));
    }

    @Test
    void daysOfApisAddUpEverybody() {
        assertEquals(
                List.of(
                        "2030-02-01T00:00:00Z rest: 100 0 0/0/0 0",
                        "2030-01-31T00:00:00Z : 0 8 0/0/0 0",
                        "2030-01-31T00:00:00Z batch: 1 0 1/0/0 40",
                        "2030-01-31T00:00:00Z rest: 22 3 4/2/1 2.000001"),
                find(all(), Grain.DAY, Dimension.API));
    }

    @Test
    void allOfADayIsOneSum() {
        assertEquals(
                List.of("2030-02-01T00:00:00Z: 100 0 0/0/0 0", "2030-01-31T00:00:00Z: 23 11 5/2/1 42.000001"),
                find(all(), Grain.DAY));
    }

    @Test
    void whatIsAskedForIsAllThatCounts() {
        UsageQuery query = new UsageQuery(
                "realm", Optional.of("ann"), Optional.of(ONE), Optional.of("rest"), NOON, NEXT.plusSeconds(1));

        assertEquals(List.of("2030-01-31T00:00:00Z: 7 3 4/2/1 2.000001"), find(query, Grain.DAY));
        assertEquals(List.of(), find(all("other realm"), Grain.DAY));
    }

    @Test
    void aPageIsAPartOfTheSums() {
        List<String> whole = find(all(), Grain.HOUR, Dimension.KEY, Dimension.API);

        assertEquals(
                whole.subList(2, 4),
                in(store -> store.find(all(), grouping(Grain.HOUR, Dimension.KEY, Dimension.API), 2, 2)).stream()
                        .map(JpaUsageStoreTest::text)
                        .toList());
    }

    @Test
    void reasonsAreThoseOfThePage() {
        for (UsageGrouping grouping : List.of(
                grouping(Grain.DAY, Dimension.KEY, Dimension.OWNER, Dimension.API),
                grouping(Grain.HOUR, Dimension.KEY),
                grouping(Grain.DAY, Dimension.OWNER),
                grouping(Grain.DAY, Dimension.API),
                grouping(Grain.HOUR))) {
            List<UsageSum> sums = in(store -> store.find(all(), grouping, 0, 10));
            var reasons = in(store -> store.reasons(all(), grouping, sums));

            sums.forEach(sum -> assertEquals(
                    sum.rejected(),
                    reasons.getOrDefault(sum.place(), new TreeMap<>()).values().stream()
                            .mapToLong(Long::longValue)
                            .sum(),
                    sum::toString));
        }
        UsageGrouping byOwner = grouping(Grain.DAY, Dimension.OWNER);
        List<UsageSum> ann = in(store -> store.find(all(), byOwner, 1, 1));
        assertEquals(
                Map.of("api_key_expired", 3L, "api_key_wrong_secret", 8L),
                in(store -> store.reasons(all(), byOwner, ann)).get(ann.get(0).place()));
    }

    @Test
    void daysOfKeysCountHowCallsEndedNoSecondTime() {
        var days = in(store -> store.days(all(), 0, 10)).get(ONE);

        assertEquals(1, days.size());
        assertEquals(13, days.get(0).accepted());
        assertEquals(3, days.get(0).rejected());
    }

    @Test
    void moreOfTheSameIsAddedToTheRow() {
        write(ONE, "rest", NOON, "settled", 1, 1);

        assertTrue(find(all(), Grain.HOUR, Dimension.KEY, Dimension.API)
                .contains("2030-01-31T12:00:00Z 1 ann rest: 7 3 5/2/1 2.000002"));
    }

    @Test
    void usesGoWithTheirApi() {
        in(store -> {
            store.removeApi("rest");
            return null;
        });

        assertEquals(
                List.of("2030-01-31T00:00:00Z : 0 8 0/0/0 0", "2030-01-31T00:00:00Z batch: 1 0 1/0/0 40"),
                find(all(), Grain.DAY, Dimension.API));
    }

    private static UsageQuery all() {
        return all("realm");
    }

    private static UsageQuery all(String realmId) {
        return new UsageQuery(
                realmId,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.parse("2030-01-01T00:00:00Z"),
                Instant.parse("2031-01-01T00:00:00Z"));
    }

    private List<String> find(UsageQuery query, Grain grain, Dimension... by) {
        return in(store -> store.find(query, grouping(grain, by), 0, 100)).stream()
                .map(JpaUsageStoreTest::text)
                .toList();
    }

    private static UsageGrouping grouping(Grain grain, Dimension... by) {
        Set<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
        dimensions.addAll(List.of(by));
        return new UsageGrouping(grain, dimensions);
    }

    private static String text(UsageSum sum) {
        UsageSum.Place place = sum.place();
        return place.start()
                + place.key().map(key -> " " + key.value().charAt(0)).orElse("")
                + place.ownerId().map(owner -> " " + owner).orElse("")
                + place.apiId().map(api -> " " + api).orElse("")
                + ": " + sum.accepted() + " " + sum.rejected() + " "
                + sum.paid().settled() + "/"
                + sum.paid().released() + "/" + sum.paid().expired() + " "
                + sum.paid().charged();
    }

    private <T> T in(Function<JpaUsageStore, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                database.sessions(), session -> work.apply(new JpaUsageStore(session)));
    }

    private void write(KeyId key, String api, Instant at, String outcome, long uses, long micros) {
        PendingUsageCount count = new PendingUsageCount(
                UsageCounterId.at(key, api, at, outcome), uses, new CreditAmount(micros), at, Optional.empty());
        assertEquals(List.of(), new JpaUseWriter(database.sessions(), true).write(List.of(count)));
    }

    private void addKey(KeyId id, String owner) {
        KeycloakModelUtils.runJobInTransaction(database.sessions(), session -> {
            EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
            em.createNativeQuery(
                            "insert into LATCHKEY_KEY (ID, REALM_ID, PREFIX, OWNER_TYPE, OWNER_ID, NAME, NAME_LOWER,"
                                    + " ACTIVATION, CREATED_AT, FAMILY, CONFIRMED, HASH, PEPPER_VERSION, END_ON_FIRST_USE, ENDS_AT,"
                                    + " VERSION) values (?, 'realm', 'kc_sk_', 'user', ?, 'name', 'name', 'enabled', 0, 'f', false,"
                                    + " 'h', 0, false, 0, 0)")
                    .setParameter(1, id.value())
                    .setParameter(2, owner)
                    .executeUpdate();
        });
    }
}
