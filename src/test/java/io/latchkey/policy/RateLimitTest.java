package io.latchkey.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RateLimitTest {

    @ParameterizedTest
    @CsvSource({
        "10/s, 10, PT1S, 10",
        "600/min, 600, PT1M, 600",
        "5/h, 5, PT1H, 5",
        "1000000/d, 1000000, PT24H, 1000000",
        "1000/PT6H, 1000, PT6H, 1000",
        "10/s burst 20, 10, PT1S, 20",
        "100/P1D  burst  1, 100, PT24H, 1"
    })
    void saysHowManyInWhichTimeAndAtOnce(String text, int calls, Duration window, int burst) {
        assertEquals(Optional.of(new RateLimit(calls, window, burst)), RateLimit.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "/s",
                "10/",
                "0/s",
                "-1/s",
                "1.5/s",
                "10/S",
                "10/sec",
                "1000001/s",
                "99999999999/s",
                "10/PT0S",
                "10/PT0.5S",
                "10/PT1.5S",
                "10/P32D",
                "10/P1Y",
                "10/s burst",
                "10/s burst 0",
                "10/s burst 1000001",
                "10/s burst 2.5",
                "10/s 20",
                "10 / s",
                "unlimited"
            })
    void anythingElseIsNoLimit(String text) {
        assertEquals(Optional.empty(), RateLimit.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "10/PT1S, 10/s",
        "5/PT60M, 5/h",
        "600/PT60S burst 600, 600/min",
        "3/P1D burst 2, 3/d burst 2",
        "7/P2D, 7/P2D"
    })
    void isPrintedInOneWay(String text, String canonical) {
        assertEquals(canonical, RateLimit.parse(text).orElseThrow().toString());
        assertEquals(RateLimit.parse(text), RateLimit.parse(canonical));
    }

    @Test
    void moreInTheLongRunIsMoreGenerousWhateverTheBurst() {
        List<String> ordered =
                List.of("1/d", "1/h", "59/min burst 1000", "1/s", "60/min", "60/min burst 90", "61/min burst 1");

        List<RateLimit> limits = ordered.stream()
                .map(text -> RateLimit.parse(text).orElseThrow())
                .toList();

        assertEquals(limits, limits.stream().sorted(RateLimit.BY_GENEROSITY).toList());
        assertTrue(RateLimit.BY_GENEROSITY.compare(limits.get(3), limits.get(4)) < 0);
    }

    @Test
    void recoversABurstOneByOne() {
        assertEquals(Duration.ofSeconds(2), new RateLimit(10, Duration.ofSeconds(1), 20).recovery());
        assertEquals(Duration.ofSeconds(6), new RateLimit(10, Duration.ofMinutes(1), 1).recovery());
    }
}
