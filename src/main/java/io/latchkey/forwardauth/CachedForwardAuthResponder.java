package io.latchkey.forwardauth;

import io.latchkey.cache.ResponseCache;
import io.latchkey.cache.SubsequentUse;
import io.latchkey.charging.MethodAndPath;
import io.latchkey.http.RateLimitHeaders;
import io.latchkey.keycloak.RawRequestHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers a further forward-auth request from a cached response: counts and charges the call and replaces the rate-limit
 * and credit headers.
 *
 * @param call reads the call to charge from the headers of the gateway
 */
record CachedForwardAuthResponder(SubsequentUse uses, Function<RawRequestHeaders, MethodAndPath> call)
        implements ResponseCache.Repetition {

    @Override
    public Optional<Response> repeat(Response cached, Instant now, RawRequestHeaders headers) {
        return uses.repeat(now, () -> call.apply(headers)).map(use -> {
            Response.ResponseBuilder response = Response.fromResponse(cached);
            CreditsHeaders.remove(response);
            use.charge().ifPresent(charge -> CreditsHeaders.add(response::header, charge));
            RateLimitHeaders.put(response::header, use.rateLimits());
            return response.build();
        });
    }
}
