package io.latchkey.credits.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.fakes.MemoryDatabase;
import io.latchkey.fakes.MovingClock;
import io.latchkey.model.Allowance;
import io.latchkey.model.RefillInterval;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Where an owner has credits. */
class CreditApisTest {

    private final MovingClock clock = new MovingClock();
    private final MemoryDatabase database = MemoryDatabase.open(new CreditsEntityProvider());
    private final JpaCreditLedger ledger =
            new JpaCreditLedger(database.sessions(), clock, (key, api, at, outcome, charged) -> {}, back -> {});

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everyApiIsNamedHoweverLongTheLedgerIs() {
        open("once", RefillInterval.NONE);
        open("before", RefillInterval.DAY);
        for (int day = 0; day < 101; day++) {
            clock.advance(Duration.ofDays(1));
            open("daily", RefillInterval.DAY);
        }
        allow("by hand");
        Set<String> present = Set.of("2030-04-12", "2030-04", "none");

        assertEquals(
                Map.of("by hand", Allowance.parse("1/month").orElseThrow()),
                with(store -> store.allowances("realm", "owner")));
        assertEquals(
                Set.of("once none", "daily 2030-04-12"),
                with(store -> store.balances("realm", "owner", present)).stream()
                        .map(row -> row.account().apiId() + " " + row.period())
                        .collect(Collectors.toSet()));
        assertEquals(Map.of(), with(store -> store.allowances("realm", "other")));
        assertEquals(List.of(), with(store -> store.balances("realm", "other", present)));
    }

    private void open(String api, RefillInterval refillInterval) {
        ledger.open(account(api), CreditPeriod.of(refillInterval, ZoneOffset.UTC, clock.instant()));
    }

    private void allow(String api) {
        AllowanceEntity row =
                new AllowanceEntity(account(api), Allowance.parse("1/month").orElseThrow());
        KeycloakModelUtils.runJobInTransaction(
                database.sessions(),
                session -> session.getProvider(JpaConnectionProvider.class)
                        .getEntityManager()
                        .persist(row));
    }

    private static CreditAccount account(String api) {
        return new CreditAccount("realm", "owner", api);
    }

    private <T> T with(Function<CreditAdminStore, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                database.sessions(), session -> work.apply(new CreditAdminStore(session)));
    }
}
