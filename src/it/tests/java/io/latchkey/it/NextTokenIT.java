package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A token that was kept is what the key was; the next one after a change is what the key has become. */
class NextTokenIT {

    // A token is kept for ten seconds at most, and a loaded machine may take a while between two requests.
    private static final int TRIES = 20;

    private static RestrictedRealm given;

    @BeforeAll
    static void createRealm() {
        given = new RestrictedRealm(Map.of());
        given.scope("invoices", List.of());
        given.setup.client(RestrictedRealm.narrow("narrow", "reports", "invoices"));
        given.setup.client(Map.of("clientId", "wide", "secret", RealmFixture.SECRET));
        given.setup.audience("wide", "api");
        given.setup.audience("wide", "service");
    }

    @Test
    void itHasLostTheScopeThatTheKeyHasLost() {
        Answer key = given.key(Map.of("scopes", List.of("reports", "invoices")));
        assertEquals(Set.of("reports", "invoices"), scopes(kept(key, "narrow", Map.of())));

        change(key, Map.of("scopes", List.of("reports")));

        assertEquals(Set.of("reports"), scopes(token(key, "narrow", Map.of())));
    }

    @Test
    void itHasTheScopeThatTheKeyWasGiven() {
        Answer key = given.key(Map.of("scopes", List.of("reports")));
        assertEquals(Set.of("reports"), scopes(kept(key, "narrow", Map.of())));

        change(key, Map.of("scopes", List.of("reports", "invoices")));

        assertEquals(Set.of("reports", "invoices"), scopes(token(key, "narrow", Map.of())));
    }

    @Test
    void thereIsNoneForAScopeThatTheKeyHasLost() {
        Answer key = given.key(Map.of("scopes", List.of("reports", "invoices")));
        Map<String, String> wish = Map.of("scope", "invoices");
        kept(key, "narrow", wish);

        change(key, Map.of("scopes", List.of("reports")));

        Answer refused = given.exchange(key, "narrow", wish).expect(400);
        assertEquals("invalid_scope", refused.text("error"));
    }

    @Test
    void itIsNotMeantForTheAudienceThatTheKeyHasLost() {
        Answer key = given.key(Map.of("audiences", List.of("api", "service")));
        assertEquals(
                Set.of("api", "service"),
                RestrictedRealm.texts(kept(key, "wide", Map.of()).path("aud")));

        change(key, Map.of("audiences", List.of("service")));

        assertEquals("service", token(key, "wide", Map.of()).path("aud").asText());
    }

    @Test
    void itEndsWithTheKeyThatIsToEndSooner() {
        Answer key = given.key(Map.of());
        Instant end = Instant.now().plus(2, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
        JsonNode before = kept(key, "wide", Map.of());
        assertTrue(before.path("exp").asLong() > end.getEpochSecond(), before::toString);

        change(key, Map.of("expiresAt", end.toString()));

        assertEquals(
                end.getEpochSecond(), token(key, "wide", Map.of()).path("exp").asLong());
    }

    @Test
    void itIsAnotherOneWhateverChangedAndChangedBack() {
        Answer key = given.key(Map.of("scopes", List.of("reports")));
        String before = kept(key, "narrow", Map.of()).path("jti").asText();

        change(key, Map.of("scopes", List.of("reports", "invoices")));
        change(key, Map.of("scopes", List.of("reports")));

        assertNotEquals(before, token(key, "narrow", Map.of()).path("jti").asText());
    }

    /** The claims of a token that was handed out twice. */
    private static JsonNode kept(Answer key, String client, Map<String, String> wish) {
        for (int i = 0; i < TRIES; i++) {
            JsonNode token = token(key, client, wish);
            if (token.equals(token(key, client, wish))) {
                return token;
            }
        }
        throw new AssertionError("No token was handed out twice");
    }

    private static JsonNode token(Answer key, String client, Map<String, String> wish) {
        return AccessTokens.claims(given.exchange(key, client, wish).expect(200));
    }

    private static Set<String> scopes(JsonNode claims) {
        return Set.of(claims.path("scope").asText().split(" "));
    }

    private static void change(Answer key, Map<String, ?> fields) {
        given.realm
                .master()
                .patch(given.realm.adminKeys() + "/" + key.text("id"), fields)
                .expect(200);
    }
}
