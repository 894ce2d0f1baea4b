package io.latchkey.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.cache.ResponseCache.CachedResponse;
import io.latchkey.cache.ResponseCache.Dependencies;
import io.latchkey.fakes.MovingClock;
import io.latchkey.keycloak.MetricsUriTag;
import io.latchkey.keycloak.RawRequestHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ResponseCacheTest {

    private static final Duration TTL = Duration.ofSeconds(1);
    private static final RawRequestHeaders NO_HEADERS = name -> Optional.empty();

    private final MovingClock clock = new MovingClock();
    private final ResponseCache responses = new ResponseCache(clock, TTL);
    private final List<Instant> uses = new ArrayList<>();
    private final AtomicBoolean unchanged = new AtomicBoolean(true);
    private boolean allowed = true;
    private final ResponseCache.Key request = hash("GET", "key");

    @Test
    void cachedResponseIsServedAndCountsAsAUse() {
        put(Optional.empty());

        assertEquals(
                "alice",
                responses.find(request, NO_HEADERS).orElseThrow().response().getHeaderString("X-Auth-Username"));
        assertEquals(List.of(clock.instant()), uses);
        assertTrue(responses.find(hash("GET", "another"), NO_HEADERS).isEmpty());
    }

    @Test
    void responseExpiresWithTheTimeToLive() {
        put(Optional.empty());

        clock.advance(TTL.minusMillis(1));
        assertTrue(responses.find(request, NO_HEADERS).isPresent());
        clock.advance(Duration.ofMillis(1));
        assertFalse(responses.find(request, NO_HEADERS).isPresent());
        assertEquals(1, uses.size());
    }

    @Test
    void responseExpiresWithTheKey() {
        put(Optional.of(clock.instant().plusMillis(300)));

        clock.advance(Duration.ofMillis(299));
        assertTrue(responses.find(request, NO_HEADERS).isPresent());
        clock.advance(Duration.ofMillis(1));
        assertFalse(responses.find(request, NO_HEADERS).isPresent());
    }

    @Test
    void changedDependencyEvictsTheResponseForGood() {
        put(Optional.empty());

        unchanged.set(false);
        assertFalse(responses.find(request, NO_HEADERS).isPresent());
        unchanged.set(true);
        assertFalse(responses.find(request, NO_HEADERS).isPresent());
        assertEquals(List.of(), uses);
    }

    @Test
    void evictAllEvictsTheResponse() {
        put(Optional.empty());

        responses.evictAll();

        assertFalse(responses.find(request, NO_HEADERS).isPresent());
    }

    @Test
    void failedResponseIsNotCached() {
        CachedResponse failed = new CachedResponse(Response.serverError().build(), new MetricsUriTag(Optional.empty()));

        responses.put(request, failed, new Dependencies(unchanged::get, Optional.empty(), this::again));

        assertFalse(responses.find(request, NO_HEADERS).isPresent());
    }

    @Test
    void clockThatIsSetBackExtendsNoEntry() {
        put(Optional.empty());

        clock.advance(Duration.ofSeconds(-1));

        assertFalse(responses.find(request, NO_HEADERS).isPresent());
    }

    @Test
    void zeroTimeToLiveCachesNothing() {
        ResponseCache none = new ResponseCache(clock, Duration.ZERO);

        none.put(request, alice(), new Dependencies(() -> true, Optional.empty(), this::again));

        assertFalse(none.find(request, NO_HEADERS).isPresent());
    }

    @Test
    void keysAreEqualOnlyPartByPart() {
        assertEquals(hash("a", "bc"), hash("a", "bc"));
        assertNotEquals(hash("a", "bc"), hash("ab", "c"));
        assertNotEquals(hash("a", ""), hash("", "a"));
        assertNotEquals(hash("a"), hash("a", ""));
    }

    @Test
    void useThatRepetitionRefusesIsDecidedAgain() {
        put(Optional.empty());

        allowed = false;
        assertFalse(responses.find(request, NO_HEADERS).isPresent());
        allowed = true;
        assertTrue(responses.find(request, NO_HEADERS).isPresent());
    }

    private Optional<Response> again(Response before, Instant now, RawRequestHeaders headers) {
        uses.add(now);
        return Optional.of(before).filter(any -> allowed);
    }

    private void put(Optional<Instant> end) {
        responses.put(request, alice(), new Dependencies(unchanged::get, end, this::again));
    }

    private static CachedResponse alice() {
        Response answer = Response.ok().header("X-Auth-Username", "alice").build();
        return new CachedResponse(answer, new MetricsUriTag(Optional.empty()));
    }

    private static ResponseCache.Key hash(String... parts) {
        return ResponseCache.Key.of(Arrays.stream(parts)
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toList());
    }
}
