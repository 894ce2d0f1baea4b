package io.latchkey.introspection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.latchkey.limits.Reading;
import io.latchkey.limits.Standing;
import io.latchkey.rest.RateHeaders;

/** The representation of limits in verdicts. */
final class LimitsJson {

    private LimitsJson() {}

    /** Null where nothing is limited. */
    static JsonNode of(Standing standing) {
        if (standing.isUnlimited()) {
            return JsonNodeFactory.instance.nullNode();
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Reading reading : standing.readings()) {
            list.addObject()
                    .put("name", reading.quota().label())
                    .put("limit", reading.limit().toString())
                    .put("remaining", reading.remaining())
                    .put("reset", RateHeaders.seconds(reading.recovery()))
                    .put("retryAfter", RateHeaders.seconds(reading.delay()));
        }
        return list;
    }
}
