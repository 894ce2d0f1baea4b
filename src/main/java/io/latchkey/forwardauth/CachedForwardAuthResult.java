package io.latchkey.forwardauth;

import io.latchkey.charging.PricedCall;
import io.latchkey.enforcement.SubsequentUse;
import io.latchkey.http.RateLimitHeaders;
import io.latchkey.keycloak.RawRequestHeaders;
import io.latchkey.keycloak.ResponseCache;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Builds a forward-auth response for a further call from a cached one. */
final class CachedForwardAuthResult implements ResponseCache.Repetition {

    private final SubsequentUse uses;
    private final Function<RawRequestHeaders, PricedCall> call;
    private final RateLimitHeaders.SaidBefore limits = new RateLimitHeaders.SaidBefore();
    private volatile Response same;

    /** @param call reads the call to charge from the gateway's headers */
    CachedForwardAuthResult(SubsequentUse uses, Function<RawRequestHeaders, PricedCall> call) {
        this.uses = uses;
        this.call = call;
    }

    @Override
    public Optional<Response> repeat(
            Response before, Instant now, RawRequestHeaders headers, BiConsumer<String, String> own) {
        return uses.repeat(now, () -> call.apply(headers)).map(use -> {
            use.charge().ifPresent(charge -> CreditsHeaders.add(own, charge));
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
