package io.latchkey.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.credits.Charge;
import io.latchkey.credits.Charge.Standing;
import io.latchkey.model.Credits;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CreditsJsonTest {

    @Test
    void nothingIsSaidOfAnAllowanceThatNobodyAskedFor() {
        assertEquals("{\"cost\":0,\"reservation\":null,\"expiresAt\":null}", free(Standing.UNKNOWN));
        assertEquals(
                "{\"cost\":0,\"reservation\":null,\"expiresAt\":null,\"granted\":0,\"remaining\":0,\"resetsAt\":null}",
                free(new Standing(Credits.ZERO, Credits.ZERO, Optional.empty())));
    }

    private static String free(Standing standing) {
        return CreditsJson.of(new Charge.Paid(Credits.ZERO, Optional.empty(), standing))
                .toString();
    }
}
