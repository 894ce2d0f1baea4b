package io.latchkey.rest;

import io.latchkey.limits.Reading;
import io.latchkey.limits.Standing;
import io.latchkey.policy.RateLimit;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.keycloak.http.HttpResponse;
import org.keycloak.models.KeycloakSession;

/** Tells callers how they stand with their limits (draft-ietf-httpapi-ratelimit-headers-10), whatever they are answered. */
public final class RateHeaders {

    /** The limits themselves. */
    public static final String POLICY = "RateLimit-Policy";

    /** What is left of them. */
    public static final String LIMIT = "RateLimit";

    private static final int ROOM = 64;

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

    private static String list(Standing standing, BiConsumer<StringBuilder, Reading> item) {
        StringBuilder list = new StringBuilder(ROOM);
        for (Reading reading : standing.readings()) {
            item.accept(list.append(list.isEmpty() ? "" : ", "), reading);
        }
        return list.toString();
    }

    private static void policy(StringBuilder list, Reading reading) {
        RateLimit limit = reading.limit();
        name(list, reading).append(";q=").append(limit.calls());
        list.append(";w=").append(limit.window().toSeconds());
        if (limit.burst() != limit.calls()) {
            list.append(";burst=").append(limit.burst());
        }
    }

    private static void state(StringBuilder list, Reading reading) {
        name(list, reading).append(";r=").append(reading.remaining());
        list.append(";t=").append(seconds(reading.recovery()));
    }

    private static StringBuilder name(StringBuilder list, Reading reading) {
        return list.append('"').append(reading.quota().label()).append('"');
    }

    /** Rounded up: who waits that long does not come too early. */
    public static long seconds(Duration time) {
        return time.getSeconds() + (time.getNano() > 0 ? 1 : 0);
    }
}
