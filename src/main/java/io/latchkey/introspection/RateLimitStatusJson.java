package io.latchkey.introspection;

import io.latchkey.http.RateLimitHeaders;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.ratelimit.RateLimitStatus.BucketStatus;

/** Writes the status of rate limits into verify responses. No character needs escaping, and it runs for every counted call. */
final class RateLimitStatusJson {

    private RateLimitStatusJson() {}

    /** Null where nothing is limited. */
    static void write(StringBuilder json, RateLimitStatus rateLimits) {
        if (rateLimits.isUnlimited()) {
            json.append("null");
            return;
        }
        char before = '[';
        for (BucketStatus status : rateLimits.statuses()) {
            json.append(before).append("{\"name\":\"").append(status.scope().label());
            json.append("\",\"limit\":\"");
            json.append(status.limit()).append("\",\"remaining\":").append(status.remaining());
            json.append(",\"reset\":").append(RateLimitHeaders.seconds(status.recovery()));
            json.append(",\"retryAfter\":").append(RateLimitHeaders.seconds(status.delay()));
            json.append('}');
            before = ',';
        }
        json.append(']');
    }
}
