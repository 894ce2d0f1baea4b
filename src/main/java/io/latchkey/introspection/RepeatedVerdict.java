package io.latchkey.introspection;

import io.latchkey.Latchkey;
import io.latchkey.adapter.ArrivingRequest;
import io.latchkey.limits.Standing;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells an API the same as a moment ago, on the event loop; unless it says anything about caches. */
@Provider
@PreMatching
@Priority(Priorities.USER + 1)
public final class RepeatedVerdict implements ContainerRequestFilter {

    private static final List<String> HEADERS = List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE);

    @Override
    public void filter(ContainerRequestContext request) {
        ArrivingRequest arriving = new ArrivingRequest(request);
        if (arriving.isFor(HttpMethod.POST, VerifyBodyFilter.PATH)
                && arriving.carries(HttpHeaders.AUTHORIZATION)
                && !arriving.carries(HttpHeaders.CACHE_CONTROL)) {
            arriving.body().ifPresent(body -> arriving.ask(Latchkey.repeatedAnswers(), HEADERS, body));
        }
    }

    /** A verdict that is given again, as a use stands now; empty where it may not be. */
    static Optional<Response> again(Response before, Standing standing, Instant now) {
        if (standing.isUnlimited()) {
            return Optional.of(before);
        }
        return Optional.of(standing)
                .filter(Standing::isAllowed)
                .map(allowed -> Response.fromResponse(before)
                        .entity(VerdictJson.again((byte[]) before.getEntity(), allowed, now))
                        .build());
    }
}
