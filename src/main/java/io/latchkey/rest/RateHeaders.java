package io.latchkey.rest;

import io.latchkey.limits.Reading;
import io.latchkey.limits.Standing;
import io.latchkey.policy.RateLimit;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.StringJoiner;
import java.util.function.BiConsumer;
import java.util.function.Function;
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
        HttpResponse response = session.getContext().getHttpResponse();
        say(response::setHeader, standing);
        if (!standing.isAllowed()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds(standing.retryAfter())));
        }
    }

    /** The same, but for how long to wait. */
    public static void say(BiConsumer<String, String> headers, Standing standing) {
        if (!standing.isUnlimited()) {
            headers.accept(POLICY, list(standing, RateHeaders::policy));
            headers.accept(LIMIT, list(standing, RateHeaders::state));
        }
    }

    private static String list(Standing standing, Function<Reading, String> item) {
        StringJoiner list = new StringJoiner(", ");
        for (Reading reading : standing.readings()) {
            list.add(item.apply(reading));
        }
        return list.toString();
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
