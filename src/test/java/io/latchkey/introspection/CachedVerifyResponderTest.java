package io.latchkey.introspection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.cache.SubsequentUse;
import io.latchkey.charging.MethodAndPath;
import io.latchkey.model.ApiKey;
import io.latchkey.model.TestKeys;
import io.latchkey.policy.RateLimit;
import io.latchkey.policy.RateLimits;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.ratelimit.RateLimiter;
import io.latchkey.usage.UsageBuffer;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CachedVerifyResponderTest {

    private static final ApiKey KEY = TestKeys.active();
    private static final RateLimits LIMITS = new RateLimits(RateLimit.parse("3/h"), Optional.empty());
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Response BEFORE = Response.ok(
                    ("{\"valid\":true,\"owner\":{\"name\":\"al\\\"ice\"},\"credits\":null,\"limits\":[],"
                                    + "\"cacheUntil\":\"2029-12-31T23:59:59Z\"}")
                            .getBytes(StandardCharsets.UTF_8))
            .header("Cache-Control", "no-store")
            .build();

    private final RateLimiter limiter = new RateLimiter();

    @Test
    void onlyWhatAUseChangesIsOtherwise() throws IOException {
        CachedVerifyResponder again = again(limiter.consume(LIMITS, KEY));

        JsonNode first = body(again);
        JsonNode second = body(again);

        assertEquals(1, first.at("/limits/0/remaining").asInt());
        assertEquals(0, second.at("/limits/0/remaining").asInt());
        assertEquals("2030-01-01T00:00:00Z", second.path("cacheUntil").asText());
        assertEquals("al\"ice", second.at("/owner/name").asText());
        assertEquals(
                List.of("valid", "owner", "credits", "limits", "cacheUntil"),
                second.properties().stream().map(Map.Entry::getKey).toList());
        assertTrue(again.repeat(BEFORE, NOW, name -> Optional.empty()).isEmpty());
    }

    @Test
    void whereNothingIsCountedItIsTheSame() throws IOException {
        Response said = again(RateLimitStatus.UNLIMITED)
                .repeat(BEFORE, NOW, name -> Optional.empty())
                .orElseThrow();

        assertSame(BEFORE.getEntity(), said.getEntity());
    }

    @Test
    void whoGetsAnAnswerCannotSpoilItForTheNext() throws IOException {
        Response said = again(RateLimitStatus.UNLIMITED)
                .repeat(BEFORE, NOW, name -> Optional.empty())
                .orElseThrow();

        said.getHeaders().putSingle("Cache-Control", "public");

        assertEquals("no-store", BEFORE.getHeaderString("Cache-Control"));
    }

    private CachedVerifyResponder again(RateLimitStatus first) throws IOException {
        return new CachedVerifyResponder(
                new SubsequentUse(
                        new UsageBuffer(),
                        KEY.id(),
                        "",
                        Optional.empty(),
                        true,
                        limiter.handle(first, KEY),
                        Optional.empty()),
                MethodAndPath.UNKNOWN,
                (ObjectNode) new ObjectMapper().readTree((byte[]) BEFORE.getEntity()));
    }

    private static JsonNode body(CachedVerifyResponder again) throws IOException {
        Response said = again.repeat(BEFORE, NOW, name -> Optional.empty()).orElseThrow();
        assertEquals("no-store", said.getHeaderString("Cache-Control"));
        return new ObjectMapper().readTree((byte[]) said.getEntity());
    }
}
