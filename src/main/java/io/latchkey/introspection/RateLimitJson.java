package io.latchkey.introspection;

import io.latchkey.http.RateLimitHeaders;
import io.latchkey.ratelimit.BucketStatus;
import io.latchkey.ratelimit.RateLimitStatus;

/** The representation of limits in verdicts, in which nothing has to be escaped: written for every call that is counted. */
final class RateLimitJson {

    private RateLimitJson() {}

    /** Null where nothing is limited. */
    static void write(StringBuilder json, RateLimitStatus standing) {
        if (standing.isUnlimited()) {
            json.append("null");
            return;
        }
        char before = '[';
        for (BucketStatus reading : standing.readings()) {
            json.append(before).append("{\"name\":\"").append(reading.quota().label());
            json.append("\",\"limit\":\"");
            reading.limit().print(json);
            json.append("\",\"remaining\":").append(reading.remaining());
            json.append(",\"reset\":").append(RateLimitHeaders.seconds(reading.recovery()));
            json.append(",\"retryAfter\":").append(RateLimitHeaders.seconds(reading.delay()));
            json.append('}');
            before = ',';
        }
        json.append(']');
    }
}
