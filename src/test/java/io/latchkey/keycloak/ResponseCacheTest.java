package io.latchkey.keycloak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.fakes.MovingClock;
import io.latchkey.keycloak.ResponseCache.CachedResponse;
import io.latchkey.keycloak.ResponseCache.Dependencies;
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
    private static final RawRequestHeaders NO_HEADERS = name -> Optional.empty();
    private static final BiConsumer<String, String> NOTHING = (name, value) -> {};

    private final MovingClock clock = new MovingClock();
    private final ResponseCache answers = new ResponseCache(clock, MOMENT);
    private final List<Instant> uses = new ArrayList<>();
    private final AtomicBoolean unchanged = new AtomicBoolean(true);
    private boolean allowed = true;
    private final ResponseCacheKey question = hash("GET", "key");

    @Test
    void anAnswerIsGivenAgainAndCountsAsAUse() {
        put(Optional.empty());

        assertEquals(
                "alice",
                answers.find(question, NO_HEADERS, NOTHING)
                        .orElseThrow()
                        .answer()
                        .getHeaderString("X-Auth-Username"));
        assertEquals(List.of(clock.instant()), uses);
        assertTrue(answers.find(hash("GET", "another"), NO_HEADERS, NOTHING).isEmpty());
    }

    @Test
    void itEndsWithItsMoment() {
        put(Optional.empty());

        clock.advance(MOMENT.minusMillis(1));
        assertTrue(answers.find(question, NO_HEADERS, NOTHING).isPresent());
        clock.advance(Duration.ofMillis(1));
        assertFalse(answers.find(question, NO_HEADERS, NOTHING).isPresent());
        assertEquals(1, uses.size());
    }

    @Test
    void itEndsWithTheKey() {
        put(Optional.of(clock.instant().plusMillis(300)));

        clock.advance(Duration.ofMillis(299));
        assertTrue(answers.find(question, NO_HEADERS, NOTHING).isPresent());
        clock.advance(Duration.ofMillis(1));
        assertFalse(answers.find(question, NO_HEADERS, NOTHING).isPresent());
    }

    @Test
    void itEndsWithAnyChangeAndDoesNotComeBack() {
        put(Optional.empty());

        unchanged.set(false);
        assertFalse(answers.find(question, NO_HEADERS, NOTHING).isPresent());
        unchanged.set(true);
        assertFalse(answers.find(question, NO_HEADERS, NOTHING).isPresent());
        assertEquals(List.of(), uses);
    }

    @Test
    void itEndsWhenEverythingIsForgotten() {
        put(Optional.empty());

        answers.evictAll();

        assertFalse(answers.find(question, NO_HEADERS, NOTHING).isPresent());
    }

    @Test
    void whatWentWrongAfterTheDecisionIsNotRepeated() {
        CachedResponse failed = new CachedResponse(Response.serverError().build(), new MetricsUriTag(Optional.empty()));

        answers.put(question, failed, new Dependencies(unchanged::get, Optional.empty(), this::again));

        assertFalse(answers.find(question, NO_HEADERS, NOTHING).isPresent());
    }

    @Test
    void aClockThatIsSetBackMakesNothingLastLonger() {
        put(Optional.empty());

        clock.advance(Duration.ofSeconds(-1));

        assertFalse(answers.find(question, NO_HEADERS, NOTHING).isPresent());
    }

    @Test
    void withNoMomentNothingIsRepeated() {
        ResponseCache none = new ResponseCache(clock, Duration.ZERO);

        none.put(question, alice(), new Dependencies(() -> true, Optional.empty(), this::again));

        assertFalse(none.find(question, NO_HEADERS, NOTHING).isPresent());
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
        put(Optional.empty());

        allowed = false;
        assertFalse(answers.find(question, NO_HEADERS, NOTHING).isPresent());
        allowed = true;
        assertTrue(answers.find(question, NO_HEADERS, NOTHING).isPresent());
    }

    private Optional<Response> again(
            Response before, Instant now, RawRequestHeaders headers, BiConsumer<String, String> own) {
        uses.add(now);
        return Optional.of(before).filter(any -> allowed);
    }

    private void put(Optional<Instant> end) {
        answers.put(question, alice(), new Dependencies(unchanged::get, end, this::again));
    }

    private static CachedResponse alice() {
        Response answer = Response.ok().header("X-Auth-Username", "alice").build();
        return new CachedResponse(answer, new MetricsUriTag(Optional.empty()));
    }

    private static ResponseCacheKey hash(String... parts) {
        return ResponseCacheKey.of(Arrays.stream(parts)
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toList());
    }
}
