package io.latchkey.introspection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.latchkey.http.RateLimitHeaders;
import io.latchkey.ratelimit.RateLimitStatus;

/** Writes the status of rate limits into verify responses. */
final class RateLimitStatusJson {

    private RateLimitStatusJson() {}

    /** Null if no limit applies. */
    static JsonNode of(RateLimitStatus rateLimits) {
        if (rateLimits.isUnlimited()) {
            return JsonNodeFactory.instance.nullNode();
        }
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        rateLimits
                .statuses()
                .forEach(status -> json.addObject()
                        .put("name", status.scope().label())
                        .put("limit", status.limit().toString())
                        .put("remaining", status.remaining())
                        .put("reset", RateLimitHeaders.seconds(status.recovery()))
                        .put("retryAfter", RateLimitHeaders.seconds(status.delay())));
        return json;
    }
}
