package io.latchkey.credits.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.CreditLedger;
import io.latchkey.credits.ledger.CreditPeriod;
import io.latchkey.credits.ledger.LeaseRenewalRequest;
import io.latchkey.credits.ledger.LeaseRenewalResponse;
import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.credits.ledger.Settlement;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettlementBatcherTest {

    private static final String NODE = ReservationId.newNode();
    private static final String CREDIT = UUID.randomUUID().toString();

    private final SlowLedger ledger = new SlowLedger();
    private final SettlementBatcher settlementBatcher =
            new SettlementBatcher(new LedgerClient(NODE, ledger, Clock.systemUTC()));

    @Test
    void whatArrivesMeanwhileGoesTogether() throws Exception {
        Settlement first = settlement();
        FutureTask<List<Settlement>> held = start(first);
        List<Settlement> others =
                List.of(settlement(), settlement(), settlement(), Settlement.released(first.id()), first);
        List<FutureTask<List<Settlement>>> answers =
                others.stream().map(this::start).toList();
        ledger.letGo();

        assertEquals(List.of(first), held.get());
        for (int i = 0; i < 3; i++) {
            assertEquals(List.of(others.get(i)), answers.get(i).get());
        }
        assertEquals(answers.get(3).get(), answers.get(4).get(), "one reservation ended in two ways");
        assertEquals(List.of(1, 4), ledger.batches.stream().map(List::size).toList());
    }

    @Test
    void nobodySuffersFromWhatIsWrongWithAnother() throws Exception {
        start(settlement());
        Settlement good = settlement();
        FutureTask<List<Settlement>> answer = start(good);
        FutureTask<List<Settlement>> wrong = start(SlowLedger.POISON);
        ledger.letGo();

        assertEquals(List.of(good), answer.get());
        assertThrows(Exception.class, wrong::get);
    }

    @Test
    void whereTheLedgerIsLikelyToBeAwayFewAreTriedAlone() throws Exception {
        start(settlement());
        List<FutureTask<List<Settlement>>> answers = Stream.generate(() -> SlowLedger.POISON)
                .limit(10)
                .map(this::start)
                .toList();
        ledger.letGo();

        answers.forEach(answer -> assertThrows(ExecutionException.class, answer::get));
        assertEquals(1 + 1 + 3, ledger.batches.size());
        Settlement later = settlement();
        assertEquals(List.of(later), start(later).get());
    }

    @Test
    void nobodyWaitsForWhatAnErrorTookAlong() throws Exception {
        start(settlement());
        List<FutureTask<List<Settlement>>> answers =
                Stream.of(SlowLedger.FATAL, settlement()).map(this::start).toList();
        ledger.letGo();

        answers.forEach(answer -> assertThrows(ExecutionException.class, () -> answer.get(5, TimeUnit.SECONDS)));
        Settlement later = settlement();
        assertEquals(List.of(later), start(later).get(5, TimeUnit.SECONDS));
    }

    /** Returns when that request is waiting. */
    private FutureTask<List<Settlement>> start(Settlement settlement) {
        FutureTask<List<Settlement>> task =
                new FutureTask<>(() -> settlementBatcher.record("realm", List.of(settlement)));
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        while (!task.isDone()
                && thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return task;
    }

    private static Settlement settlement() {
        CreditAmount one = CreditAmount.of(1);
        return Settlement.settled(ReservationId.next(NODE, CREDIT, one), one);
    }

    /** Answers nothing before it is let go. */
    private static final class SlowLedger implements CreditLedger {
        private static final Settlement POISON = settlement();
        private static final Settlement FATAL = settlement();

        private final CountDownLatch gate = new CountDownLatch(1);
        private final Queue<List<Settlement>> batches = new ConcurrentLinkedQueue<>();

        void letGo() {
            gate.countDown();
        }

        @Override
        public List<Settlement> record(Optional<String> realmId, List<Settlement> settlements) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            batches.add(settlements);
            if (settlements.contains(FATAL)) {
                throw new LinkageError("Fatal");
            }
            if (settlements.contains(POISON)) {
                throw new IllegalStateException("Poison");
            }
            return settlements;
        }

        @Override
        public Optional<Allowance> allowance(CreditAccount account) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String open(CreditAccount account, CreditPeriod period) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, CreditAccount> accounts(Set<String> creditIds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Optional<LeaseRenewalResponse>> report(String node, List<LeaseRenewalRequest> reports) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Settlement> collect(String node, List<ReservationId> heard) {
            throw new UnsupportedOperationException();
        }
    }
}
