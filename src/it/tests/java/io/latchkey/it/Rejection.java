package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.List;

/** What a refused key looks like from outside, which is always the same, and in the events, which tell why. */
final class Rejection {

    private static final String BODY = "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid API key\"}";

    private Rejection() {}

    static void assertTellsNothing(Answer answer) {
        assertEquals(400, answer.status(), answer::text);
        assertEquals(BODY, answer.text());
        assertEquals("application/json", answer.header("Content-Type"));
        assertEquals("no-store", answer.header("Cache-Control"));
    }

    /** The one failure on record belongs to no user and no key. */
    static void assertRecorded(RealmSetup setup, String reason) {
        JsonNode event = onlyFailure(setup);
        assertEquals(reason, event.at("/details/reason").asText());
        assertTrue(event.path("userId").isMissingNode(), event::toString);
        assertTrue(event.at("/details/credential_id").isMissingNode(), event::toString);
    }

    /** The one failure on record is that of this key and its owner. */
    static void assertRecorded(RealmSetup setup, String reason, Answer key, String ownerId) {
        JsonNode event = onlyFailure(setup);
        assertEquals(reason, event.at("/details/reason").asText());
        assertEquals(key.text("id"), event.at("/details/credential_id").asText());
        assertEquals(ownerId, event.path("userId").asText());
    }

    private static JsonNode onlyFailure(RealmSetup setup) {
        List<JsonNode> failures = setup.failures();
        assertEquals(1, failures.size(), failures::toString);
        return failures.get(0);
    }
}
