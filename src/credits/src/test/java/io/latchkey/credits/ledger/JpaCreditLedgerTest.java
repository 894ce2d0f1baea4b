package io.latchkey.credits.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.charging.ChargeResult;
import io.latchkey.credits.lease.ChargeRequest;
import io.latchkey.credits.lease.CreditEngine;
import io.latchkey.credits.lease.SettlementReply;
import io.latchkey.fakes.MemoryDatabase;
import io.latchkey.fakes.MovingClock;
import io.latchkey.key.KeyId;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.RefillInterval;
import io.latchkey.model.ReservationState;
import io.latchkey.model.TestKeys;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The ledger in tables, as the changelog makes them. */
class JpaCreditLedgerTest {

    private static final CreditAccount ACCOUNT = new CreditAccount("realm", "owner", "api");
    private static final CreditAmount HALF = CreditAmount.parse("0.5").orElseThrow();

    private final MovingClock clock = new MovingClock();
    private final MemoryDatabase database = MemoryDatabase.open(new CreditsEntityProvider());
    private final JpaCreditLedger ledger = new JpaCreditLedger(database.sessions(), clock, this::tell, back -> {});
    private final CreditEngine a = node();
    private final CreditEngine b = node();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private Allowance allowance = Allowance.parse("1000/month").orElseThrow();

    @AfterEach
    void close() {
        database.close();
    }

    private CreditEngine node() {
        return new CreditEngine(ledger, Runnable::run, clock, Duration.ofMinutes(1), this::tell, CreditEngine.MAX_OPEN);
    }

    private void tell(KeyId key, String api, Instant at, ReservationState outcome, CreditAmount charged) {
        told.add(key.value() + " at " + api + " " + at + ": " + outcome.label() + " " + charged);
    }

    @Test
    void aPeriodIsOneRowHoweverManyOpenIt() {
        CreditPeriod period = CreditPeriod.of(RefillInterval.MONTH, ZoneOffset.UTC, clock.instant());

        List<CompletableFuture<String>> ids = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> ledger.open(ACCOUNT, period)))
                .toList();

        assertEquals(1, ids.stream().map(CompletableFuture::join).distinct().count());
        assertEquals("2030-01", balance().period());
        assertEquals(
                Optional.of(Instant.parse("2030-02-01T00:00:00Z")), balance().end());
    }

    @Test
    void manyThreadsAtTwoNodesSpendWhatIsGrantedAndNoMore() {
        AtomicInteger paid = new AtomicInteger();
        List<CompletableFuture<Void>> callers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    CreditEngine node = i % 2 == 0 ? a : b;
                    for (int call = 0; call < 400; call++) {
                        if (charge(node, HALF) instanceof ChargeResult.Paid made) {
                            paid.incrementAndGet();
                            end(call % 3 == 0 ? a : b, Settlement.settled(id(made), HALF));
                        }
                    }
                }))
                .toList();
        callers.forEach(CompletableFuture::join);
        settleDown();

        assertEquals(500_000L * paid.get(), balance().totals().spent());
        assertTrue(paid.get() > 1900 && paid.get() <= 2000, "paid: " + paid);
        assertEquals(0, balance().totals().leased());
    }

    @Test
    void thePrimaryKeyDecidesHowAReservationEnds() {
        ReservationId id = reserve(a, HALF);

        assertEquals(new SettlementReply.Recorded(Settlement.released(id)), end(b, Settlement.released(id)));
        assertEquals(new SettlementReply.Recorded(Settlement.released(id)), end(b, Settlement.settled(id, HALF)));
        assertEquals(
                new SettlementReply.Unknown(),
                b.settle("other", List.of(Settlement.released(id))).get(0));
        clock.advance(Duration.ofSeconds(61));
        a.tick();

        assertEquals(new SettlementReply.Ended(Settlement.released(id)), end(a, Settlement.settled(id, HALF)));
        assertEquals(0, balance().totals().spent());
    }

    @Test
    void whatExpiredIsOnRecord() {
        ReservationId id = reserve(a, HALF);
        clock.advance(Duration.ofSeconds(61));
        a.tick();

        assertEquals(new SettlementReply.Recorded(Settlement.expired(id)), end(b, Settlement.settled(id, HALF)));
    }

    @Test
    void whatAStoppedNodeLeftCountsForItsKeyOnceItEnds() {
        ReservationId open = reserveWithKey();
        reserve(a, HALF);
        a.stop();
        clock.advance(Duration.ofSeconds(1));

        end(b, Settlement.settled(open, new CreditAmount(250_000)));
        end(b, Settlement.settled(open, new CreditAmount(250_000)));

        assertEquals(List.of("kkkkkkkkkkkk at api 2030-01-01T00:00:00Z: settled 0.25"), told);
    }

    @Test
    void whatOthersSaidOfACallJustBeforeItsNodeStopsCountsForItsKey() {
        end(b, Settlement.settled(reserveWithKey(), HALF));

        a.stop();

        assertEquals(List.of("kkkkkkkkkkkk at api 2030-01-01T00:00:00Z: settled 0.5"), told);
    }

    @Test
    void whatIsSaidWhileItsNodeStopsCountsForItsKey() {
        ReservationId open = reserve(a, HALF);
        ledger.record(Optional.of("realm"), List.of(Settlement.settled(open, HALF)));
        OpenReservation call = new OpenReservation(Optional.of(TestKeys.id('k')), clock.instant(), clock.instant());

        ledger.report(
                open.node(),
                List.of(new LeaseRenewalRequest(
                        open.creditId(),
                        Optional.empty(),
                        LeaseRenewalRequest.ALL,
                        LeaseRenewalRequest.Demand.NONE,
                        Optional.empty(),
                        Optional.of(Map.of(open, call)))));

        assertEquals(List.of("kkkkkkkkkkkk at api 2030-01-01T00:00:00Z: settled 0.5"), told);
    }

    @Test
    void whatAStoppedNodeLeftIsEndedByOthersOnce() {
        ReservationId open = reserve(a, HALF);
        ReservationId forgotten = reserve(a, CreditAmount.of(3));
        ReservationId settled = reserve(a, CreditAmount.of(5));
        end(a, Settlement.settled(settled, CreditAmount.of(5)));
        a.stop();

        Settlement settlement = Settlement.settled(open, HALF);
        assertEquals(new SettlementReply.Recorded(settlement), end(b, settlement));
        assertEquals(new SettlementReply.Recorded(settlement), end(b, Settlement.released(open)));
        assertEquals(new SettlementReply.Unknown(), end(b, Settlement.settled(settled, CreditAmount.of(5))));
        assertEquals(5_500_000, balance().totals().spent());
        assertEquals(3_000_000, balance().totals().leased());

        clock.advance(Duration.ofMinutes(3));
        maintain(rows -> rows.reclaim(clock.instant().minusSeconds(120), 10));
        assertEquals(0, balance().totals().leased());
        assertEquals(
                new SettlementReply.Recorded(Settlement.expired(forgotten)),
                end(b, Settlement.settled(forgotten, CreditAmount.of(3))));
    }

    @Test
    void theSweepWritesOffWhatDeadNodesHoldAndForgetsWhatIsOver() {
        reserve(a, CreditAmount.of(7));
        clock.advance(Duration.ofSeconds(90));

        maintain(rows -> rows.writeOff(clock.instant(), 10, lost -> {}));
        assertTrue(balance().totals().writtenOff() >= 7_000_000, () -> balance().toString());
        assertEquals(0, balance().totals().leased());
        maintain(rows -> rows.purge(clock.instant(), clock.instant(), 10));
        assertEquals(1, rows().size());
        clock.advance(Duration.ofDays(60));
        maintain(rows -> rows.purge(clock.instant(), clock.instant(), 10));
        assertEquals(List.of(), rows());
    }

    @Test
    void aLeaseThatWasForgottenGoesOn() {
        end(a, Settlement.settled(reserve(a, CreditAmount.of(1000)), CreditAmount.of(1000)));
        a.tick();
        clock.advance(Duration.ofHours(3));
        maintain(rows -> rows.purge(clock.instant().plusSeconds(1), Instant.EPOCH, 10));
        sql("update LATCHKEY_CREDIT set GRANTED = GRANTED + 500000000, TOPPED_UP = 500000000");

        end(a, Settlement.settled(reserve(a, CreditAmount.of(1)), CreditAmount.of(1)));
        a.tick();

        assertEquals(1_001_000_000, balance().totals().spent());
    }

    @Test
    void aDatabaseThatWasSetBackIsToldWhatWasSpentSince() {
        end(a, Settlement.settled(reserve(a, CreditAmount.of(20)), CreditAmount.of(20)));
        a.tick();
        sql("update LATCHKEY_LEASE set AMOUNT = 1000000, USED = 0");
        sql("update LATCHKEY_CREDIT set SPENT = 0, LEASED = 1000000");
        end(a, Settlement.settled(reserve(a, CreditAmount.of(30)), CreditAmount.of(30)));

        settleDown();

        assertEquals(50_000_000, balance().totals().spent());
        assertEquals(0, balance().totals().leased());
    }

    @Test
    void theDatabaseItselfKeepsThePromise() {
        reserve(a, HALF);

        assertThrows(RuntimeException.class, () -> sql("update LATCHKEY_CREDIT set SPENT = GRANTED"));
        assertThrows(RuntimeException.class, () -> sql("update LATCHKEY_CREDIT set LEASED = -1"));
    }

    @Test
    void removalsTakeEverythingAlong() {
        end(b, Settlement.released(reserve(a, HALF)));

        with(store -> {
            store.removeOwner("realm", "other");
            store.removeApi("other");
            return null;
        });
        assertEquals(1, rows().size());
        with(store -> {
            store.removeOwner("realm", "owner");
            store.removeApi("api");
            store.removeRealm("realm");
            return null;
        });

        assertEquals(List.of(), rows());
        clock.advance(Duration.ofSeconds(20));
        a.tick();
        assertTrue(a.isEmpty());
        assertInstanceOf(ChargeResult.Paid.class, charge(a, HALF));
    }

    private void settleDown() {
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofSeconds(11));
            Stream.of(a, b).forEach(CreditEngine::tick);
        }
    }

    private ChargeResult charge(CreditEngine node, CreditAmount cost) {
        return node.charge(ACCOUNT, allowance, ZoneOffset.UTC, new ChargeRequest(cost, Optional.empty(), false));
    }

    private ReservationId reserve(CreditEngine node, CreditAmount cost) {
        return id((ChargeResult.Paid) charge(node, cost));
    }

    private ReservationId reserveWithKey() {
        return id((ChargeResult.Paid) a.charge(
                ACCOUNT, allowance, ZoneOffset.UTC, new ChargeRequest(HALF, Optional.of(TestKeys.id('k')), false)));
    }

    private static ReservationId id(ChargeResult.Paid paid) {
        return paid.reservation()
                .flatMap(reservation -> ReservationId.parse(reservation.id()))
                .orElseThrow();
    }

    private static SettlementReply end(CreditEngine node, Settlement settlement) {
        return node.settle("realm", List.of(settlement)).get(0);
    }

    private CreditBalance balance() {
        return rows().get(0);
    }

    private List<CreditBalance> rows() {
        CreditQuery all = new CreditQuery("realm", Optional.of("owner"), Optional.of("api"), Optional.empty());
        return with(store -> store.find(all, 0, 10));
    }

    private <T> T maintain(Function<LedgerCleanup, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                database.sessions(), session -> work.apply(new LedgerCleanup(session)));
    }

    private <T> T with(Function<CreditAdminStore, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                database.sessions(), session -> work.apply(new CreditAdminStore(session)));
    }

    private void sql(String update) {
        KeycloakModelUtils.runJobInTransactionWithResult(database.sessions(), session -> {
            EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
            return em.createNativeQuery(update).executeUpdate();
        });
    }
}
