package io.latchkey.rest;

import io.latchkey.limits.Reading;
import io.latchkey.limits.Standing;
import io.latchkey.policy.RateLimit;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.http.HttpResponse;
import org.keycloak.models.KeycloakSession;

/** Tells callers how they stand with their limits (draft-ietf-httpapi-ratelimit-headers-10), whatever they are answered. */
public final class RateHeaders {

    /** The limits themselves. */
    public static final String POLICY = "RateLimit-Policy";

    /** What is left of them. */
    public static final String LIMIT = "RateLimit";

    private RateHeaders() {}

    /** Nothing where nothing is limited. */
    public static void put(KeycloakSession session, Standing standing) {
        if (standing.isUnlimited()) {
            return;
        }
        HttpResponse response = session.getContext().getHttpResponse();
        response.setHeader(POLICY, list(standing, RateHeaders::policy));
        response.setHeader(LIMIT, list(standing, RateHeaders::state));
        if (!standing.isAllowed()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds(standing.retryAfter())));
        }
    }

    /** The same for an answer that is given again. */
    public static void put(Response.ResponseBuilder answer, Standing standing) {
        if (!standing.isUnlimited()) {
            answer.header(POLICY, list(standing, RateHeaders::policy));
            answer.header(LIMIT, list(standing, RateHeaders::state));
        }
    }

    private static String list(Standing standing, Function<Reading, String> item) {
        return standing.readings().stream().map(item).collect(Collectors.joining(", "));
    }

    static String policy(Reading reading) {
        RateLimit limit = reading.limit();
        String burst = limit.burst() == limit.calls() ? "" : ";burst=" + limit.burst();
        return name(reading) + ";q=" + limit.calls() + ";w=" + limit.window().toSeconds() + burst;
    }

    static String state(Reading reading) {
        return name(reading) + ";r=" + reading.remaining() + ";t=" + seconds(reading.recovery());
    }

    private static String name(Reading reading) {
        return '"' + reading.quota().label() + '"';
    }

    /** Rounded up: who waits that long does not come too early. */
    public static long seconds(Duration time) {
        return time.getSeconds() + (time.getNano() > 0 ? 1 : 0);
    }
}
