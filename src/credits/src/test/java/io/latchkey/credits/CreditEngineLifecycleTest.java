package io.latchkey.credits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.latchkey.charging.ChargeResult;
import io.latchkey.credits.lease.ChargeRequest;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.fakes.Stub;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSessionFactory;

class CreditEngineLifecycleTest {

    private final AtomicInteger transactions = new AtomicInteger();
    private final CreditEngineLifecycle service = new CreditEngineLifecycle(
            Stub.of(KeycloakSessionFactory.class)
                    .answering("create", nothing -> {
                        transactions.incrementAndGet();
                        throw new IllegalStateException("No database");
                    })
                    .make(),
            Clock.systemUTC(),
            Duration.ofMinutes(1),
            (key, api, at, outcome, charged) -> {});

    @Test
    void whatHasNeverBorrowedAnythingBorrowsNothingOnceItHasStopped() {
        service.stop();

        ChargeResult charge = service.engine()
                .charge(
                        new CreditAccount("realm", "owner", "api"),
                        Allowance.parse("10/month").orElseThrow(),
                        ZoneOffset.UTC,
                        new ChargeRequest(CreditAmount.of(1), Optional.empty(), true));

        assertInstanceOf(ChargeResult.Unavailable.class, charge);
        assertEquals(0, transactions.get());
    }

    @Test
    void twoBorrowAheadAtOnce() throws Exception {
        ExecutorService background = CreditEngineLifecycle.background();
        CyclicBarrier both = new CyclicBarrier(2);
        try {
            Future<Integer> one = background.submit(() -> both.await(5, TimeUnit.SECONDS));
            Future<Integer> other = background.submit(() -> both.await(5, TimeUnit.SECONDS));

            assertEquals(1, one.get() + other.get());
        } finally {
            background.shutdownNow();
        }
    }
}
