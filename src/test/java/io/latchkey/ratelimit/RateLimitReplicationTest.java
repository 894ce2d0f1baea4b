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
    private final RateLimiter here = new RateLimiter(time, 999);
    private final RateLimiter there = new RateLimiter(time, 999);
    private final List<String> messages = new ArrayList<>();
    private boolean others = true;
    private final RateLimitReplication replication =
            new RateLimitReplication(here, () -> others, messages::add, Duration.ofDays(1));

    @AfterEach
    void end() {
        replication.close();
    }

    @Test
    void whatIsAllowedHereIsNoLongerAllowedThere() {
        replication.publish();
        consume(here, 7);

        publish();

        assertEquals(3, consume(there, 99));
    }

    @Test
    void whatWasAllowedTooMuchHasToComeBackFirst() {
        replication.publish();
        consume(there, 10);
        consume(here, 10);

        publish();

        time.advance(Duration.ofSeconds(1));
        assertEquals(0, consume(there, 9));
        RateLimitStatus below = there.peek(LIMITS, KEY);
        assertEquals(0, below.statuses().get(0).remaining());
        time.advance(Duration.ofSeconds(1));
        assertEquals(10, consume(there, 99));
    }

    @Test
    void whatWasGivenBackIsNotTold() {
        replication.publish();
        consume(here, 1);
        here.refund(here.consume(LIMITS, KEY), KEY);
        replication.publish();
        messages.forEach(there::receive);

        assertEquals(9, consume(there, 99));
    }

    @Test
    void nothingIsSaidTwiceAndNothingWhereNothingHappened() {
        replication.publish();
        assertEquals(List.of(), messages);
        consume(here, 2);
        replication.publish();
        replication.publish();
        assertEquals(1, messages.size());
        consume(here, 1);
        replication.publish();
        assertEquals(2, messages.size());
        messages.forEach(there::receive);
        assertEquals(7, consume(there, 99));
    }

    @Test
    void nothingIsSaidOfRefusedCallsAndLooks() {
        replication.publish();
        consume(here, 10);
        replication.publish();
        messages.clear();

        consume(here, 50);
        here.peek(LIMITS, KEY);
        replication.publish();

        assertEquals(List.of(), messages);
    }

    @Test
    void aNodeAloneKeepsEverythingToItself() {
        others = false;
        replication.publish();
        consume(here, 10);
        replication.publish();

        assertEquals(List.of(), messages);
    }

    @Test
    void aMessageHasAnEndAndTheRestIsInTheNext() {
        replication.publish();
        List<ApiKey> keys = IntStream.range(0, 501)
                .mapToObj(number -> TestKeys.ownedBy(new Owner(OwnerType.USER, "owner-" + number)))
                .toList();
        RateLimits byOwner = new RateLimits(Optional.empty(), RateLimit.parse("1/h"));
        keys.forEach(key -> here.consume(byOwner, key));

        replication.publish();
        assertEquals(500, messages.get(0).lines().count());
        replication.publish();
        assertEquals(1, messages.get(1).lines().count());
        messages.forEach(there::receive);
        assertTrue(keys.stream().noneMatch(key -> there.consume(byOwner, key).isAllowed()));
    }

    static List<Throwable> failures() {
        return List.of(new IllegalStateException("a node hangs"), new NoClassDefFoundError("a class is missing"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aMessageThatCannotBeSentStopsNothing(Throwable failure) {
        List<String> later = new ArrayList<>();
        boolean[] hangs = {true};
        try (RateLimitReplication unlucky = new RateLimitReplication(
                here, () -> true, text -> send(hangs[0], failure, later, text), Duration.ofDays(1))) {
            unlucky.publish();
            consume(here, 1);
            unlucky.publish();
            hangs[0] = false;
            consume(here, 1);
            unlucky.publish();
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
        there.receive("KEY~ZmFtaWx5~1\nKEY~!~1~10/s\nTEAM~ZmFtaWx5~1~10/s\nKEY~ZmFtaWx5~x~10/s\nKEY~ZmFtaWx5~-5~10/s\n"
                + "KEY~ZmFtaWx5~5~10/fortnight\n\nKEY~ZmFtaWx5~4~10/s");

        assertEquals(6, consume(there, 99));
    }

    @Test
    void limitsOfTheNodeThatIsAskedCount() {
        replication.publish();
        consume(here, 1);
        publish();

        RateLimits wider = limits("20/s");
        assertTrue(there.consume(wider, KEY).isAllowed());
        assertEquals(
                wider.key(),
                Optional.of(there.peek(wider, KEY).statuses().get(0).limit()));
        assertFalse(messages.isEmpty());
    }

    private void publish() {
        replication.publish();
        messages.forEach(there::receive);
    }

    private static int consume(RateLimiter limiter, int calls) {
        return (int) IntStream.range(0, calls)
                .filter(call -> limiter.consume(LIMITS, KEY).isAllowed())
                .count();
    }

    private static RateLimits limits(String text) {
        return new RateLimits(RateLimit.parse(text), RateLimit.parse(text));
    }
}
