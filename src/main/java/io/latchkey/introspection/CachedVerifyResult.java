package io.latchkey.introspection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.cache.ResponseCache;
import io.latchkey.cache.SubsequentUse;
import io.latchkey.charging.BillableCall;
import io.latchkey.keycloak.RawRequestHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Builds a verify response for a further use from a cached one, whose JSON it changes where the use is counted or charged. */
record CachedVerifyResult(SubsequentUse uses, BillableCall call, ObjectNode json) implements ResponseCache.Repetition {

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
