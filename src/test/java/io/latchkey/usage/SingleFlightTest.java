package io.latchkey.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.latchkey.key.KeyId;
import io.latchkey.model.TestKeys;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

    private static final KeyId ONE = TestKeys.id('1');
    private static final KeyId TWO = TestKeys.id('2');

    private final SingleFlight turn = new SingleFlight();
    private final List<String> done = new ArrayList<>();

    @Test
    void whoComesDuringTheWorkGoesOnWithoutIt() {
        turn.once(ONE, () -> {
            turn.once(ONE, () -> done.add("again"));
            done.add("first");
        });

        assertEquals(List.of("first"), done);
    }

    @Test
    void keysDoNotHinderEachOther() {
        turn.once(ONE, () -> turn.once(TWO, () -> done.add("other")));

        assertEquals(List.of("other"), done);
    }

    @Test
    void theNextTurnComesAfterTheWorkEvenIfItFails() {
        assertThrows(
                IllegalStateException.class,
                () -> turn.once(ONE, () -> {
                    throw new IllegalStateException();
                }));

        turn.once(ONE, () -> done.add("second"));
        turn.once(ONE, () -> done.add("third"));

        assertEquals(List.of("second", "third"), done);
    }
}
