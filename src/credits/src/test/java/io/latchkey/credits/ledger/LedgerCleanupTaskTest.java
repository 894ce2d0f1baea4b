package io.latchkey.credits.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.charging.ChargeResult;
import io.latchkey.credits.lease.ChargeRequest;
import io.latchkey.credits.lease.CreditEngine;
import io.latchkey.credits.ledger.LedgerRowBalance.Totals;
import io.latchkey.fakes.MemoryDatabase;
import io.latchkey.fakes.MovingClock;
import io.latchkey.fakes.Stub;
import io.latchkey.key.KeyId;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.ReservationState;
import io.latchkey.model.TestKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Who is taken for dead, and what comes back of those who have stopped. */
class LedgerCleanupTaskTest {

    private static final CreditAccount ACCOUNT = new CreditAccount("realm", "owner", "api");

    private final MovingClock clock = new MovingClock();
    private final MemoryDatabase database = MemoryDatabase.open(new CreditsEntityProvider());
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<LeaseWriteOff> back = new CopyOnWriteArrayList<>();
    private final CreditEngine node = new CreditEngine(
            new JpaCreditLedger(database.sessions(), clock, this::tell, back::add),
            Runnable::run,
            clock,
            Duration.ofMinutes(1),
            this::tell,
            CreditEngine.MAX_OPEN);
    private final LedgerCleanupTask sweep =
            new LedgerCleanupTask(clock, this::tell, Duration.ofMinutes(1), Duration.ofDays(90));
    private boolean outOfReach;

    @AfterEach
    void close() {
        database.close();
    }

    private void tell(KeyId key, String api, Instant at, ReservationState outcome, CreditAmount charged) {
        told.add(key.value() + " at " + api + " " + at + ": " + outcome.label() + " " + charged);
    }

    @Test
    void whatAStoppedNodeLeftComesBackAndCountsAsExpired() {
        reserve();
        node.stop();

        sweepAfter(Duration.ofMinutes(2));
        assertEquals(List.of(), told);
        sweepAfter(LedgerCleanupTask.INTERVAL);

        assertEquals(List.of("kkkkkkkkkkkk at api 2030-01-01T00:00:00Z: expired 0"), told);
        assertEquals(0, totals().leased());
        assertEquals(0, totals().writtenOff());
    }

    @Test
    void whoIsSilentWhileOthersReadTheLedgerIsTakenForDead() {
        reserve();
        sweepAfter(LedgerCleanupTask.INTERVAL);
        sweepAfter(LedgerCleanupTask.INTERVAL);
        assertEquals(0, totals().writtenOff());

        sweepAfter(LedgerCleanupTask.INTERVAL);

        assertEquals(0, totals().leased());
        assertEquals(10_000_000, totals().writtenOff());
    }

    @Test
    void whoeverIsSilentIsTakenForDeadAlsoWhereOtherNodesTakeTwoOfThreeTurns() {
        reserve();
        sweepAfter(LedgerCleanupTask.INTERVAL);

        sweepAfter(LedgerCleanupTask.INTERVAL.multipliedBy(3).plusMillis(50));

        assertEquals(10_000_000, totals().writtenOff());
    }

    @Test
    void nobodyIsTakenForDeadWhenTheLedgerIsBackAfterALongTime() {
        reserve();
        sweepAfter(LedgerCleanupTask.INTERVAL);
        sweepAfter(LedgerCleanupTask.INTERVAL);
        node.tick();
        reserve();
        long lent = totals().leased();

        sweepAfter(Duration.ofMinutes(2));
        sweepAfter(LedgerCleanupTask.INTERVAL);

        assertTrue(lent > 0);
        assertEquals(lent, totals().leased());
        assertEquals(0, totals().writtenOff());
    }

    @Test
    void aSweepThatFailsSaysThatNobodyCouldBeHeard() {
        reserve();
        sweepAfter(LedgerCleanupTask.INTERVAL);
        outOfReach = true;
        assertThrows(IllegalStateException.class, () -> sweepAfter(Duration.ofSeconds(20)));
        outOfReach = false;

        sweepAfter(Duration.ofSeconds(20));
        sweepAfter(LedgerCleanupTask.INTERVAL);
        assertEquals(0, totals().writtenOff());
        sweepAfter(LedgerCleanupTask.INTERVAL);

        assertEquals(10_000_000, totals().writtenOff());
    }

    @Test
    void itIsSaidOnceThatAWriteOffIsUndone() {
        reserve();
        IntStream.range(0, 3).forEach(i -> sweepAfter(LedgerCleanupTask.INTERVAL));
        assertEquals(10_000_000, totals().writtenOff());
        assertEquals(List.of(), back);

        node.tick();
        node.tick();

        assertEquals(List.of(new LeaseWriteOff(ACCOUNT, "none", CreditAmount.of(10))), back);
        assertEquals(0, totals().writtenOff());
    }

    private void reserve() {
        Optional<Allowance> allowance = Allowance.parse("1000/none");
        ChargeResult charge = node.charge(
                ACCOUNT,
                allowance.orElseThrow(),
                ZoneOffset.UTC,
                new ChargeRequest(CreditAmount.of(1), Optional.of(TestKeys.id('k')), false));
        assertEquals(CreditAmount.of(1), ((ChargeResult.Paid) charge).cost());
    }

    private void sweepAfter(Duration time) {
        clock.advance(time);
        KeycloakSessionFactory down = Stub.of(KeycloakSessionFactory.class)
                .answering("create", none -> {
                    throw new IllegalStateException("The database is out of reach");
                })
                .make();
        sweep.run(Stub.of(KeycloakSession.class)
                .with("getKeycloakSessionFactory", outOfReach ? down : database.sessions())
                .make());
    }

    private Totals totals() {
        CreditQuery query = new CreditQuery("realm", Optional.of("owner"), Optional.of("api"), Optional.empty());
        return KeycloakModelUtils.runJobInTransactionWithResult(
                database.sessions(),
                session ->
                        new CreditAdminStore(session).find(query, 0, 1).get(0).totals());
    }
}
