package io.latchkey.introspection;

import com.fasterxml.jackson.core.JsonGenerator;
import io.latchkey.limits.Reading;
import io.latchkey.limits.Standing;
import io.latchkey.rest.RateHeaders;
import java.io.IOException;

/** The representation of limits in verdicts. */
final class LimitsJson {

    private LimitsJson() {}

    /** Null where nothing is limited. */
    static void write(JsonGenerator json, Standing standing) throws IOException {
        if (standing.isUnlimited()) {
            json.writeNull();
            return;
        }
        json.writeStartArray();
        for (Reading reading : standing.readings()) {
            json.writeStartObject();
            json.writeStringField("name", reading.quota().label());
            json.writeStringField("limit", reading.limit().toString());
            json.writeNumberField("remaining", reading.remaining());
            json.writeNumberField("reset", RateHeaders.seconds(reading.recovery()));
            json.writeNumberField("retryAfter", RateHeaders.seconds(reading.delay()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
