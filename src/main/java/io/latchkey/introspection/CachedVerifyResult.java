package io.latchkey.introspection;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.cache.ResponseCache;
import io.latchkey.cache.SubsequentUse;
import io.latchkey.charging.PricedCall;
import io.latchkey.keycloak.RawRequestHeaders;
import io.latchkey.rest.CreditsJson;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Builds a verify response for a further use from a cached one. */
final class CachedVerifyResult implements ResponseCache.Repetition {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int INITIAL_CAPACITY = 512;

    private final SubsequentUse uses;
    private final PricedCall call;
    private volatile byte[] same;

    CachedVerifyResult(SubsequentUse uses, PricedCall call) {
        this.uses = uses;
        this.call = call;
    }

    @Override
    public Optional<Response> repeat(Response before, Instant now, RawRequestHeaders headers) {
        return uses.repeat(now, () -> call).map(use -> {
            Response.ResponseBuilder answer = Response.fromResponse(before);
            if (!use.isSame()) {
                answer.entity(body((byte[]) before.getEntity(), use, now));
            }
            return answer.build();
        });
    }

    private byte[] body(byte[] before, SubsequentUse.Repetition use, Instant now) {
        StringBuilder text = new StringBuilder(INITIAL_CAPACITY).append(",\"credits\":");
        CreditsJson.write(text, use.charge());
        text.append(",\"limits\":");
        RateLimitStatusJson.write(text, use.rateLimits());
        text.append(",\"cacheUntil\":\"").append(now).append("\"}");
        // All of it is ASCII, which ISO_8859_1 copies without a check.
        byte[] other = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] start = same(before);
        byte[] body = Arrays.copyOf(start, start.length + other.length);
        System.arraycopy(other, 0, body, start.length, other.length);
        return body;
    }

    /** The unchanged members, up to where the next member follows. */
    private byte[] same(byte[] before) {
        if (same == null) {
            try {
                ObjectNode json = (ObjectNode) JSON.readTree(before);
                String text =
                        json.remove(List.of("credits", "limits", "cacheUntil")).toString();
                same = text.substring(0, text.length() - 1).getBytes(StandardCharsets.UTF_8);
            } catch (IOException notOurs) {
                throw new UncheckedIOException(notOurs);
            }
        }
        return same;
    }
}
