package io.latchkey.credits.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.charging.ChargeResult;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.LedgerRowBalance.Totals;
import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.credits.ledger.Settlement;
import io.latchkey.fakes.MemoryLedger;
import io.latchkey.fakes.MemoryLedger.Trouble;
import io.latchkey.fakes.MovingClock;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.RefillInterval;
import io.latchkey.model.ReservationState;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever nodes, callers and the connection to the ledger do, and in whichever order. */
class CreditsPropertiesTest {

    private static final int NODES = 3;
    private static final CreditAccount ACCOUNT = new CreditAccount("realm", "owner", "api");
    private static final Duration LIFE = Duration.ofSeconds(60);

    /** One thing that happens; the number means what the kind makes of it. */
    record Step(Kind kind, int node, int number) {}

    enum Kind {
        RESERVE,
        RESERVE_MORE,
        SETTLE,
        SETTLE_LESS,
        RELEASE,
        TICK,
        PASS_SECONDS,
        PASS_LONG,
        WRITE_OFF,
        NOT_HEARD,
        NOT_ANSWERED,
        SHRINK,
        STOP,
        CRASH,
        BACK_UP,
        SET_BACK
    }

    @Property(tries = 2000)
    void neverIsMoreSpentThanGranted(@ForAll("steps") List<Step> steps) {
        World world = new World();
        steps.stream().filter(step -> step.kind() != Kind.SET_BACK).forEach(world::happen);
        world.settleDown();

        assertEquals(0, world.ledger.contradictions());
        Totals totals = world.totals();
        assertTrue(world.charged <= world.granted, world.charged + " charged of " + world.granted);
        assertTrue(totals.spent() <= world.charged, totals + " but " + world.charged);
        assertTrue(world.charged <= totals.spent() + totals.writtenOff(), totals + "/" + world.charged);
    }

    @Property(tries = 2000)
    void withoutCrashesTheLedgerKnowsEveryMillionth(@ForAll("steps") List<Step> steps) {
        World world = new World();
        steps.stream()
                .filter(step -> !Set.of(Kind.CRASH, Kind.STOP, Kind.SET_BACK).contains(step.kind()))
                .forEach(world::happen);
        world.settleDown();

        assertEquals(0, world.ledger.contradictions());
        assertEquals(world.charged, world.totals().spent());
        assertEquals(0, world.totals().leased());
        assertEquals(0, world.totals().writtenOff());
    }

    @Property(tries = 500)
    void afterALedgerWasSetBackEverythingGoesOn(@ForAll("steps") List<Step> steps) {
        World world = new World();
        steps.forEach(world::happen);
        world.settleDown();

        assertEquals(0, world.totals().leased());
        assertTrue(world.canSpendWhatIsLeft(), () -> "what is left cannot be spent: " + world.totals());
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, NODES - 1),
                        Arbitraries.integers().between(0, 50))
                .as(Step::new)
                .list()
                .ofMaxSize(120);
    }

    private static final class World {
        private final MovingClock clock = new MovingClock();
        private final MemoryLedger ledger = new MemoryLedger(clock);
        private final List<CreditEngine> nodes = new ArrayList<>();
        private final List<ReservationId> reservations = new ArrayList<>();
        private final Map<ReservationId, Settlement> recorded = new HashMap<>();
        private Allowance allowance = new Allowance(CreditAmount.of(40), RefillInterval.NONE);
        private final long granted = allowance.credits().micros();
        private long charged;
        private Runnable backup = ledger.backup();

        World() {
            for (int i = 0; i < NODES; i++) {
                nodes.add(node());
            }
        }

        private CreditEngine node() {
            return new CreditEngine(
                    ledger, Runnable::run, clock, LIFE, (key, api, at, outcome, charged) -> {}, CreditEngine.MAX_OPEN);
        }

        void happen(Step step) {
            CreditEngine node = nodes.get(step.node());
            switch (step.kind()) {
                case RESERVE, RESERVE_MORE -> pay(step, step.kind() == Kind.RESERVE ? 500_000 : 3_000_001);
                case SETTLE, SETTLE_LESS, RELEASE -> end(step);
                case TICK -> quietly(node::tick);
                case PASS_SECONDS -> clock.advance(Duration.ofSeconds(step.number() / 10));
                case PASS_LONG -> clock.advance(Duration.ofSeconds(step.number() * 2L));
                case WRITE_OFF -> ledger.writeOff();
                case NOT_HEARD -> ledger.next(Trouble.NOT_HEARD);
                case NOT_ANSWERED -> ledger.next(Trouble.NOT_ANSWERED);
                case SHRINK -> allowance = new Allowance(CreditAmount.of(40 - step.number() % 20), RefillInterval.NONE);
                case STOP -> leave(step.node(), true);
                case CRASH -> leave(step.node(), false);
                case BACK_UP -> backup = ledger.backup();
                case SET_BACK -> backup.run();
                default -> throw new AssertionError();
            }
        }

        private void pay(Step step, long micros) {
            ChargeResult charge = nodes.get(step.node())
                    .charge(
                            ACCOUNT,
                            allowance,
                            ZoneOffset.UTC,
                            new ChargeRequest(new CreditAmount(micros), Optional.empty(), false));
            if (charge instanceof ChargeResult.Paid paid) {
                paid.reservation()
                        .flatMap(reservation -> ReservationId.parse(reservation.id()))
                        .ifPresent(reservations::add);
            }
        }

        private void end(Step step) {
            if (reservations.isEmpty()) {
                return;
            }
            ReservationId id = reservations.get(step.number() % reservations.size());
            // A caller that repeats itself says the same, at whichever node.
            Settlement requested = recorded.getOrDefault(id, settlement(step.kind(), id));
            Optional<Settlement> settlement = settle(nodes.get(step.node()), requested);
            if (recorded.containsKey(id)) {
                return;
            }
            // Whether it was heard is known when it is said again.
            settlement
                    .or(() -> nodes.stream()
                            .flatMap(node -> settle(node, requested).stream())
                            .findFirst())
                    .ifPresent(this::count);
        }

        private static Optional<Settlement> settle(CreditEngine node, Settlement settlement) {
            SettlementReply result = node.settle("realm", List.of(settlement)).get(0);
            return result instanceof SettlementReply.Ended ended
                    ? Optional.of(ended.settlement())
                    : result instanceof SettlementReply.Recorded recordedNow
                            ? Optional.of(recordedNow.settlement())
                            : Optional.empty();
        }

        private void count(Settlement settlement) {
            recorded.put(settlement.id(), settlement);
            charged += settlement.outcome() == ReservationState.SETTLED
                    ? settlement.charged().micros()
                    : 0;
        }

        private static Settlement settlement(Kind kind, ReservationId id) {
            return switch (kind) {
                case SETTLE -> Settlement.settled(id, id.amount());
                case SETTLE_LESS ->
                    Settlement.settled(id, new CreditAmount(id.amount().micros() / 3));
                default -> Settlement.released(id);
            };
        }

        private void leave(int number, boolean properly) {
            if (properly) {
                quietly(nodes.get(number)::stop);
            }
            nodes.set(number, node());
        }

        void settleDown() {
            ledger.next(Trouble.NONE);
            for (int i = 0; i < 12; i++) {
                clock.advance(Duration.ofSeconds(15));
                nodes.forEach(CreditEngine::tick);
            }
            assertEquals(Optional.empty(), ledger.fault());
            ledger.sweep();
        }

        boolean canSpendWhatIsLeft() {
            CreditEngine node = nodes.get(0);
            // What could not shrink before does now.
            node.quote(ACCOUNT, allowance, ZoneOffset.UTC, CreditAmount.ZERO);
            CreditAmount left = new CreditAmount(totals().available());
            return node.charge(ACCOUNT, allowance, ZoneOffset.UTC, new ChargeRequest(left, Optional.empty(), false))
                    instanceof ChargeResult.Paid;
        }

        Totals totals() {
            return ledger.entries().isEmpty() ? Totals.NONE : ledger.only().totals();
        }

        private static void quietly(Runnable work) {
            try {
                work.run();
            } catch (IllegalStateException unreachable) {
                assertTrue(unreachable.getMessage().startsWith("Not "), unreachable::toString);
            }
        }
    }
}
