package io.latchkey.forwardauth;

import io.latchkey.charging.ApiCall;
import io.latchkey.enforcement.RepeatableUse;
import io.latchkey.http.RateLimitHeaders;
import io.latchkey.keycloak.RequestHeaders;
import io.latchkey.keycloak.ResponseCache;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Builds a forward-auth response for a further call from a cached one. */
final class CachedForwardAuthResult implements ResponseCache.Repetition {

    private final RepeatableUse uses;
    private final Function<RequestHeaders, ApiCall> call;
    private final RateLimitHeaders.SaidBefore limits = new RateLimitHeaders.SaidBefore();
    private volatile Response same;

    /** @param call that is asked about, as the gateway says */
    CachedForwardAuthResult(RepeatableUse uses, Function<RequestHeaders, ApiCall> call) {
        this.uses = uses;
        this.call = call;
    }

    @Override
    public Optional<Response> repeat(
            Response before, Instant now, RequestHeaders headers, BiConsumer<String, String> own) {
        return uses.repeat(now, () -> call.apply(headers)).map(use -> {
            use.charge().ifPresent(charge -> CreditsHeaders.say(own, charge));
            RateLimitHeaders.say(own, use.rateLimits(), limits);
            return Response.fromResponse(same(before)).build();
        });
    }

    private Response same(Response before) {
        if (same == null) {
            Response.ResponseBuilder bare = Response.fromResponse(before);
            CreditsHeaders.remove(bare);
            same = bare.build();
        }
        return same;
    }
}
