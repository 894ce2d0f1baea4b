package io.latchkey.keycloak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.fakes.MovingClock;
import io.latchkey.keycloak.ResponseCache.Given;
import io.latchkey.keycloak.ResponseCache.Grounds;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class ResponseCacheTest {

    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final RequestHeaders NO_HEADERS = name -> Optional.empty();
    private static final BiConsumer<String, String> NOTHING = (name, value) -> {};

    private final MovingClock clock = new MovingClock();
    private final ResponseCache answers = new ResponseCache(clock, MOMENT);
    private final List<Instant> uses = new ArrayList<>();
    private final AtomicBoolean unchanged = new AtomicBoolean(true);
    private boolean allowed = true;
    private final RequestFingerprint question = hash("GET", "key");

    @Test
    void anAnswerIsGivenAgainAndCountsAsAUse() {
        keep(Optional.empty());

        assertEquals(
                "alice",
                answers.to(question, NO_HEADERS, NOTHING).orElseThrow().answer().getHeaderString("X-Auth-Username"));
        assertEquals(List.of(clock.instant()), uses);
        assertTrue(answers.to(hash("GET", "another"), NO_HEADERS, NOTHING).isEmpty());
    }

    @Test
    void itEndsWithItsMoment() {
        keep(Optional.empty());

        clock.advance(MOMENT.minusMillis(1));
        assertTrue(answers.to(question, NO_HEADERS, NOTHING).isPresent());
        clock.advance(Duration.ofMillis(1));
        assertFalse(answers.to(question, NO_HEADERS, NOTHING).isPresent());
        assertEquals(1, uses.size());
    }

    @Test
    void itEndsWithTheKey() {
        keep(Optional.of(clock.instant().plusMillis(300)));

        clock.advance(Duration.ofMillis(299));
        assertTrue(answers.to(question, NO_HEADERS, NOTHING).isPresent());
        clock.advance(Duration.ofMillis(1));
        assertFalse(answers.to(question, NO_HEADERS, NOTHING).isPresent());
    }

    @Test
    void itEndsWithAnyChangeAndDoesNotComeBack() {
        keep(Optional.empty());

        unchanged.set(false);
        assertFalse(answers.to(question, NO_HEADERS, NOTHING).isPresent());
        unchanged.set(true);
        assertFalse(answers.to(question, NO_HEADERS, NOTHING).isPresent());
        assertEquals(List.of(), uses);
    }

    @Test
    void itEndsWhenEverythingIsForgotten() {
        keep(Optional.empty());

        answers.forget();

        assertFalse(answers.to(question, NO_HEADERS, NOTHING).isPresent());
    }

    @Test
    void whatWentWrongAfterTheDecisionIsNotRepeated() {
        Given failed = new Given(Response.serverError().build(), new MetricsPathLabel(Optional.empty()));

        answers.keep(question, failed, new Grounds(unchanged::get, Optional.empty(), this::again));

        assertFalse(answers.to(question, NO_HEADERS, NOTHING).isPresent());
    }

    @Test
    void aClockThatIsSetBackMakesNothingLastLonger() {
        keep(Optional.empty());

        clock.advance(Duration.ofSeconds(-1));

        assertFalse(answers.to(question, NO_HEADERS, NOTHING).isPresent());
    }

    @Test
    void withNoMomentNothingIsRepeated() {
        ResponseCache none = new ResponseCache(clock, Duration.ZERO);

        none.keep(question, alice(), new Grounds(() -> true, Optional.empty(), this::again));

        assertFalse(none.to(question, NO_HEADERS, NOTHING).isPresent());
    }

    @Test
    void questionsAreEqualOnlyPartByPart() {
        assertEquals(hash("a", "bc"), hash("a", "bc"));
        assertNotEquals(hash("a", "bc"), hash("ab", "c"));
        assertNotEquals(hash("a", ""), hash("", "a"));
        assertNotEquals(hash("a"), hash("a", ""));
    }

    @Test
    void itIsDecidedAnewWhereAUseMayNotBeAnsweredTheSame() {
        keep(Optional.empty());

        allowed = false;
        assertFalse(answers.to(question, NO_HEADERS, NOTHING).isPresent());
        allowed = true;
        assertTrue(answers.to(question, NO_HEADERS, NOTHING).isPresent());
    }

    private Optional<Response> again(
            Response before, Instant now, RequestHeaders headers, BiConsumer<String, String> own) {
        uses.add(now);
        return Optional.of(before).filter(any -> allowed);
    }

    private void keep(Optional<Instant> end) {
        answers.keep(question, alice(), new Grounds(unchanged::get, end, this::again));
    }

    private static Given alice() {
        Response answer = Response.ok().header("X-Auth-Username", "alice").build();
        return new Given(answer, new MetricsPathLabel(Optional.empty()));
    }

    private static RequestFingerprint hash(String... parts) {
        return RequestFingerprint.of(Arrays.stream(parts)
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toList());
    }
}
