package io.latchkey.introspection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.cache.ResponseCache;
import io.latchkey.cache.SubsequentUse;
import io.latchkey.charging.MethodAndPath;
import io.latchkey.keycloak.RawRequestHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Answers a further verify request from a cached response: counts and charges the use and updates the JSON members that
 * change.
 */
record CachedVerifyResponder(SubsequentUse uses, MethodAndPath call, ObjectNode json)
        implements ResponseCache.Repetition {

    @Override
    public Optional<Response> repeat(Response cached, Instant now, RawRequestHeaders headers) {
        return uses.repeat(now, () -> call).map(use -> {
            Response.ResponseBuilder response = Response.fromResponse(cached);
            if (!use.isSame()) {
                ObjectNode changed = JsonNodeFactory.instance.objectNode().setAll(json);
                VerifyResultJson.putUse(changed, use.charge(), use.rateLimits(), now);
                response.entity(changed.toString().getBytes(StandardCharsets.UTF_8));
            }
            return response.build();
        });
    }
}
