package io.latchkey.http;

import io.latchkey.policy.RateLimit;
import io.latchkey.ratelimit.BucketStatus;
import io.latchkey.ratelimit.RateLimitStatus;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.keycloak.http.HttpResponse;
import org.keycloak.models.KeycloakSession;

/** Writes the status of rate limits into the headers of every response (draft-ietf-httpapi-ratelimit-headers-10). */
public final class RateLimitHeaders {

    /** The limits themselves. */
    public static final String POLICY = "RateLimit-Policy";

    /** What is left of them. */
    public static final String LIMIT = "RateLimit";

    private static final int ROOM = 64;

    private RateLimitHeaders() {}

    /** Nothing where nothing is limited. */
    public static void put(KeycloakSession session, RateLimitStatus rateLimits) {
        HttpResponse response = session.getContext().getHttpResponse();
        say(response::setHeader, rateLimits);
        if (!rateLimits.isAllowed()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds(rateLimits.retryAfter())));
        }
    }

    /** The same, but for how long to wait. */
    public static void say(BiConsumer<String, String> headers, RateLimitStatus rateLimits) {
        say(headers, rateLimits, new SaidBefore());
    }

    /** The same for one of many whose limits are mostly those of the one before. */
    public static void say(BiConsumer<String, String> headers, RateLimitStatus rateLimits, SaidBefore before) {
        if (!rateLimits.isUnlimited()) {
            headers.accept(POLICY, before.policy(rateLimits));
            headers.accept(LIMIT, list(rateLimits, RateLimitHeaders::state));
        }
    }

    /** The limits that were said last. */
    public static final class SaidBefore {

        private volatile Said last = new Said(RateLimitStatus.UNLIMITED, "");

        private String policy(RateLimitStatus rateLimits) {
            Said said = last;
            if (!said.isOf(rateLimits.statuses())) {
                said = new Said(rateLimits, list(rateLimits, RateLimitHeaders::policy));
                last = said;
            }
            return said.text();
        }
    }

    private record Said(RateLimitStatus rateLimits, String text) {

        boolean isOf(List<BucketStatus> others) {
            List<BucketStatus> ours = rateLimits.statuses();
            if (ours.size() != others.size()) {
                return false;
            }
            for (int i = 0; i < ours.size(); i++) {
                // The very same ones, as long as nobody changes them.
                if (ours.get(i).limit() != others.get(i).limit()
                        || ours.get(i).scope() != others.get(i).scope()) {
                    return false;
                }
            }
            return true;
        }
    }

    private static String list(RateLimitStatus rateLimits, BiConsumer<StringBuilder, BucketStatus> item) {
        StringBuilder list = new StringBuilder(ROOM);
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
