package io.latchkey.http;

import io.latchkey.policy.RateLimit;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.ratelimit.RateLimitStatus.BucketStatus;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.keycloak.http.HttpResponse;
import org.keycloak.models.KeycloakSession;

/** Writes the status of a key's rate limits into the RateLimit-Policy, RateLimit and Retry-After headers of a response. */
public final class RateLimitHeaders {

    /** The limits themselves. */
    public static final String POLICY = "RateLimit-Policy";

    /** What is left of them. */
    public static final String LIMIT = "RateLimit";

    private RateLimitHeaders() {}

    /** Nothing where nothing is limited. */
    public static void put(KeycloakSession session, RateLimitStatus rateLimits) {
        HttpResponse response = session.getContext().getHttpResponse();
        put(response::setHeader, rateLimits);
        if (!rateLimits.isAllowed()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds(rateLimits.retryAfter())));
        }
    }

    /** Writes the same headers without {@code Retry-After}. */
    public static void put(BiConsumer<String, String> headers, RateLimitStatus rateLimits) {
        if (!rateLimits.isUnlimited()) {
            headers.accept(POLICY, list(rateLimits, RateLimitHeaders::policy));
            headers.accept(LIMIT, list(rateLimits, RateLimitHeaders::state));
        }
    }

    private static String list(RateLimitStatus rateLimits, BiConsumer<StringBuilder, BucketStatus> item) {
        StringBuilder list = new StringBuilder();
        for (BucketStatus status : rateLimits.statuses()) {
            item.accept(list.append(list.isEmpty() ? "" : ", "), status);
        }
        return list.toString();
    }

    private static void policy(StringBuilder list, BucketStatus status) {
        RateLimit limit = status.limit();
        name(list, status).append(";q=").append(limit.calls());
        list.append(";w=").append(limit.window().toSeconds());
        if (limit.burst() != limit.calls()) {
            list.append(";burst=").append(limit.burst());
        }
    }

    private static void state(StringBuilder list, BucketStatus status) {
        name(list, status).append(";r=").append(status.remaining());
        list.append(";t=").append(seconds(status.recovery()));
    }

    private static StringBuilder name(StringBuilder list, BucketStatus status) {
        return list.append('"').append(status.scope().label()).append('"');
    }

    /** Rounded up: who waits that long does not come too early. */
    public static long seconds(Duration time) {
        return time.getSeconds() + (time.getNano() > 0 ? 1 : 0);
    }
}
