package io.latchkey.credits.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.model.CreditAmount;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservationIdTest {

    @Test
    void aReservationIsFoundByItsName() {
        ReservationId id =
                ReservationId.next(ReservationId.newNode(), UUID.randomUUID().toString(), CreditAmount.of(3));

        assertEquals(64, id.toString().length());
        assertEquals(Optional.of(id), ReservationId.parse(id.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "!!!!", "AAAA"})
    void whatIsNoNameOfAReservationIsNone(String text) {
        assertEquals(Optional.empty(), ReservationId.parse(text));
        assertEquals(Optional.empty(), ReservationId.parse(text.repeat(16)).filter(id -> text.startsWith("!")));
    }
}
