package io.latchkey.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.ChargeResult.AllowanceStatus;
import io.latchkey.model.CreditAmount;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChargeJsonTest {

    private static final AllowanceStatus HALF = new AllowanceStatus(
            CreditAmount.of(10_000),
            CreditAmount.parse("9999.5").orElseThrow(),
            Optional.of(Instant.parse("2030-02-01T00:00:00Z")));

    @Test
    void amountsAreExact() {
        ChargeResult paid = new ChargeResult.Paid(new CreditAmount(1), Optional.empty(), HALF);

        assertEquals(
                "{\"cost\":0.000001,\"reservation\":null,\"expiresAt\":null,\"granted\":10000,\"remaining\":9999.5,"
                        + "\"resetsAt\":\"2030-02-01T00:00:00Z\"}",
                json(Optional.of(paid)));
    }

    @Test
    void whoeverCannotPayIsToldWhatIsLeft() {
        assertEquals(
                "{\"cost\":20000,\"granted\":10000,\"remaining\":9999.5,\"resetsAt\":\"2030-02-01T00:00:00Z\"}",
                json(Optional.of(new ChargeResult.Exhausted(CreditAmount.of(20_000), HALF))));
        assertEquals("{\"cost\":1}", json(Optional.of(new ChargeResult.Unavailable(CreditAmount.of(1)))));
    }

    @Test
    void whatHasNoPriceHasNoCredits() {
        assertEquals("null", json(Optional.empty()));
    }

    @Test
    void nothingIsSaidOfAnAllowanceThatNobodyAskedFor() {
        assertEquals("{\"cost\":0,\"reservation\":null,\"expiresAt\":null}", free(AllowanceStatus.UNKNOWN));
        assertEquals(
                "{\"cost\":0,\"reservation\":null,\"expiresAt\":null,\"granted\":0,\"remaining\":0,\"resetsAt\":null}",
                free(new AllowanceStatus(CreditAmount.ZERO, CreditAmount.ZERO, Optional.empty())));
    }

    private static String free(AllowanceStatus status) {
        return json(Optional.of(new ChargeResult.Paid(CreditAmount.ZERO, Optional.empty(), status)));
    }

    private static String json(Optional<ChargeResult> charge) {
        return ChargeJson.of(charge).toString();
    }
}
