package io.latchkey.credits.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.credits.ledger.LeaseRenewalRequest.Demand;
import io.latchkey.credits.ledger.LedgerRowBalance.Totals;
import io.latchkey.fakes.MemoryDatabase;
import io.latchkey.fakes.MovingClock;
import io.latchkey.key.KeyId;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.RefillInterval;
import io.latchkey.model.ReservationState;
import io.latchkey.model.TestKeys;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Reservations that a node leaves to others when it stops, in tables. */
class AbandonedReservationsTest {

    private static final CreditAmount ONE = CreditAmount.of(1);
    /** H2 takes 100 000 parameters, PostgreSQL 65 535. */
    private static final int MORE_THAN_ONE_QUESTION_CAN_NAME = 100_001;

    private final MovingClock clock = new MovingClock();
    private final MemoryDatabase database = MemoryDatabase.open(new CreditsEntityProvider());
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final JpaCreditLedger ledger = new JpaCreditLedger(database.sessions(), clock, this::tell, back -> {});
    private final String node = ReservationId.newNode();
    private String search;
    private String billing;

    @BeforeEach
    void borrow() {
        search = borrow("search");
        billing = borrow("billing");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String borrow(String api) {
        CreditAccount account = new CreditAccount("realm", "owner", api);
        String row = ledger.open(account, CreditPeriod.of(RefillInterval.NONE, ZoneOffset.UTC, clock.instant()));
        Optional<Allowance> allowance = Allowance.parse("1000000/none");
        ledger.report(
                node,
                List.of(new LeaseRenewalRequest(row, Optional.empty(), 0, Demand.NONE, allowance, Optional.empty())));
        Demand all = new Demand(1, CreditAmount.of(400_000).micros());
        ledger.report(
                node,
                List.of(new LeaseRenewalRequest(
                        row, Optional.of(0L), LeaseRenewalRequest.ALL, all, allowance, Optional.empty())));
        return row;
    }

    private void tell(KeyId key, String api, Instant at, ReservationState outcome, CreditAmount charged) {
        told.add(key.value() + " at " + api + " " + at + ": " + outcome.label() + " " + charged);
    }

    @Test
    void whatANodeHasStillOpenEndsBesideWhatItHasLeft() {
        Settlement left = Settlement.settled(reservation(search), ONE);
        Settlement open = Settlement.settled(reservation(billing), ONE);
        leave(search, Set.of(left.id()));

        List<Settlement> answers = ledger.record(Optional.of("realm"), List.of(left, open));

        assertEquals(Set.of(left, open), Set.copyOf(answers));
        assertEquals(List.of(open), ledger.collect(node, List.of()));
    }

    @Test
    void howeverManyANodeLeavesAllAreLeft() {
        Set<ReservationId> many = Stream.generate(() -> reservation(search))
                .limit(MORE_THAN_ONE_QUESTION_CAN_NAME)
                .collect(Collectors.toSet());

        leave(search, many);

        ReservationId last = many.iterator().next();
        assertEquals(
                List.of(Settlement.settled(last, ONE)),
                ledger.record(Optional.of("realm"), List.of(Settlement.settled(last, ONE))));
    }

    @Test
    void whoeverSaysTwiceWhatIsLeftEndsNoneOfIt() {
        Settlement released = Settlement.released(reservation(search));
        Settlement settled = Settlement.settled(reservation(search), ONE);
        Set<ReservationId> both = Set.of(released.id(), settled.id());
        leave(search, both);
        ledger.record(Optional.of("realm"), List.of(released));

        leave(search, both);

        assertEquals(List.of("kkkkkkkkkkkk at search 2030-01-01T00:00:00Z: released 0"), told);
        assertEquals(List.of(settled), ledger.record(Optional.of("realm"), List.of(settled)));
        assertEquals(1_000_000, totals("search").spent());
        assertEquals(0, totals("search").leased());
    }

    @Test
    void whatWasToldBeforeIsChargedOnceHoweverOftenItIsLeft() {
        Settlement settled = Settlement.settled(reservation(search), ONE);
        Settlement released = Settlement.released(reservation(search));
        Set<ReservationId> both = Set.of(released.id(), settled.id());
        ledger.record(Optional.of("realm"), List.of(settled));
        leave(search, both);

        leave(search, both);

        assertEquals(List.of("kkkkkkkkkkkk at search 2030-01-01T00:00:00Z: settled 1"), told);
        assertEquals(List.of(released), ledger.record(Optional.of("realm"), List.of(released)));
        assertEquals(1_000_000, totals("search").spent());
        assertEquals(0, totals("search").leased());
    }

    @Test
    void whatNobodyEndsInTimeHasExpiredForItsKey() {
        ReservationId forgotten = reservation(search);
        Settlement settled = Settlement.settled(reservation(search), ONE);
        leave(search, Set.of(forgotten, settled.id()));
        leave(billing, Set.of());
        ledger.record(Optional.of("realm"), List.of(settled));

        assertEquals(List.of(), expire(clock.instant()));
        assertEquals(
                List.of(Settlement.expired(forgotten)), expire(clock.instant().plusSeconds(1)));
        assertEquals(List.of(), expire(clock.instant().plusSeconds(1)));

        Settlement late = Settlement.settled(forgotten, ONE);
        assertEquals(List.of(Settlement.expired(forgotten)), ledger.record(Optional.of("realm"), List.of(late)));
    }

    private List<Settlement> expire(Instant reserved) {
        return maintain(rows -> rows.expire(reserved, 10)).stream()
                .peek(call -> assertEquals("search", call.apiId()))
                .map(SettledCall::settlement)
                .toList();
    }

    private ReservationId reservation(String row) {
        return ReservationId.next(node, row, ONE);
    }

    private void leave(String row, Set<ReservationId> open) {
        OpenReservation call = new OpenReservation(Optional.of(TestKeys.id('k')), clock.instant(), clock.instant());
        Map<ReservationId, OpenReservation> calls = open.stream().collect(Collectors.toMap(id -> id, id -> call));
        ledger.report(
                node,
                List.of(new LeaseRenewalRequest(
                        row,
                        Optional.of(0L),
                        CreditAmount.of(open.size()).micros(),
                        Demand.NONE,
                        Optional.empty(),
                        Optional.of(calls))));
    }

    private Totals totals(String api) {
        CreditQuery query = new CreditQuery("realm", Optional.of("owner"), Optional.of(api), Optional.empty());
        return with(store -> store.find(query, 0, 1).get(0).totals());
    }

    private <T> T maintain(Function<LedgerCleanup, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                database.sessions(), session -> work.apply(new LedgerCleanup(session)));
    }

    private <T> T with(Function<CreditAdminStore, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                database.sessions(), session -> work.apply(new CreditAdminStore(session)));
    }
}
