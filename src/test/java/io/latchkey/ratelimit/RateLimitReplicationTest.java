package io.latchkey.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.model.ApiKey;
import io.latchkey.model.Owner;
import io.latchkey.model.OwnerType;
import io.latchkey.model.TestKeys;
import io.latchkey.policy.RateLimit;
import io.latchkey.policy.RateLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RateLimitReplicationTest {

    private static final ApiKey KEY = TestKeys.ownedBy(new Owner(OwnerType.USER, "f:directory:al~ice\n€"));
    private static final RateLimits LIMITS = limits("10/s");

    private final MovingTime time = new MovingTime();
    private final RateLimiter here = new RateLimiter(time);
    private final RateLimiter there = new RateLimiter(time);
    private final List<String> messages = new ArrayList<>();
    private boolean others = true;
    private final RateLimitReplication sharing =
            RateLimitReplication.start(here, () -> others, messages::add, Duration.ofDays(1));

    @AfterEach
    void end() {
        sharing.close();
    }

    @Test
    void whatIsAllowedHereIsNoLongerAllowedThere() {
        sharing.tell();
        take(here, 7);

        tell();

        assertEquals(3, take(there, 99));
    }

    @Test
    void whatWasAllowedTooMuchHasToComeBackFirst() {
        sharing.tell();
        take(there, 10);
        take(here, 10);

        tell();

        time.advance(Duration.ofSeconds(1));
        assertEquals(0, take(there, 9));
        RateLimitStatus below = there.look(LIMITS, KEY);
        assertEquals(0, below.readings().get(0).remaining());
        time.advance(Duration.ofSeconds(1));
        assertEquals(10, take(there, 99));
    }

    @Test
    void whatWasGivenBackIsNotTold() {
        sharing.tell();
        take(here, 1);
        here.giveBack(here.take(LIMITS, KEY), KEY);
        sharing.tell();
        messages.forEach(there::hear);

        assertEquals(9, take(there, 99));
    }

    @Test
    void nothingIsSaidTwiceAndNothingWhereNothingHappened() {
        sharing.tell();
        assertEquals(List.of(), messages);
        take(here, 2);
        sharing.tell();
        sharing.tell();
        assertEquals(1, messages.size());
        take(here, 1);
        sharing.tell();
        assertEquals(2, messages.size());
        messages.forEach(there::hear);
        assertEquals(7, take(there, 99));
    }

    @Test
    void nothingIsSaidOfRefusedCallsAndLooks() {
        sharing.tell();
        take(here, 10);
        sharing.tell();
        messages.clear();

        take(here, 50);
        here.look(LIMITS, KEY);
        sharing.tell();

        assertEquals(List.of(), messages);
    }

    @Test
    void aNodeAloneKeepsEverythingToItself() {
        others = false;
        sharing.tell();
        take(here, 10);
        sharing.tell();

        assertEquals(List.of(), messages);
    }

    @Test
    void aMessageHasAnEndAndTheRestIsInTheNext() {
        sharing.tell();
        List<ApiKey> keys = IntStream.range(0, 501)
                .mapToObj(number -> TestKeys.ownedBy(new Owner(OwnerType.USER, "owner-" + number)))
                .toList();
        RateLimits byOwner = new RateLimits(Optional.empty(), RateLimit.parse("1/h"));
        keys.forEach(key -> here.take(byOwner, key));

        sharing.tell();
        assertEquals(500, messages.get(0).lines().count());
        sharing.tell();
        assertEquals(1, messages.get(1).lines().count());
        messages.forEach(there::hear);
        assertTrue(keys.stream().noneMatch(key -> there.take(byOwner, key).isAllowed()));
    }

    static List<Throwable> failures() {
        return List.of(new IllegalStateException("a node hangs"), new NoClassDefFoundError("a class is missing"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aMessageThatCannotBeSentStopsNothing(Throwable failure) {
        List<String> later = new ArrayList<>();
        boolean[] hangs = {true};
        try (RateLimitReplication unlucky = RateLimitReplication.start(
                here, () -> true, text -> send(hangs[0], failure, later, text), Duration.ofDays(1))) {
            unlucky.tell();
            take(here, 1);
            unlucky.tell();
            hangs[0] = false;
            take(here, 1);
            unlucky.tell();
        }

        assertEquals(1, later.size());
    }

    private static void send(boolean hangs, Throwable failure, List<String> messages, String text) {
        if (hangs) {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        }
        messages.add(text);
    }

    @Test
    void whatIsNotUnderstoodIsPassedOver() {
        there.hear("KEY~ZmFtaWx5~1\nKEY~!~1~10/s\nTEAM~ZmFtaWx5~1~10/s\nKEY~ZmFtaWx5~x~10/s\nKEY~ZmFtaWx5~-5~10/s\n"
                + "KEY~ZmFtaWx5~5~10/fortnight\n\nKEY~ZmFtaWx5~4~10/s");

        assertEquals(6, take(there, 99));
    }

    @Test
    void limitsOfTheNodeThatIsAskedCount() {
        sharing.tell();
        take(here, 1);
        tell();

        RateLimits wider = limits("20/s");
        assertTrue(there.take(wider, KEY).isAllowed());
        assertEquals(
                wider.key(),
                Optional.of(there.look(wider, KEY).readings().get(0).limit()));
        assertFalse(messages.isEmpty());
    }

    private void tell() {
        sharing.tell();
        messages.forEach(there::hear);
    }

    private static int take(RateLimiter limiter, int calls) {
        return (int) IntStream.range(0, calls)
                .filter(call -> limiter.take(LIMITS, KEY).isAllowed())
                .count();
    }

    private static RateLimits limits(String text) {
        return new RateLimits(RateLimit.parse(text), RateLimit.parse(text));
    }
}
