package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that are given again without looking cost what they say, each. */
@NeedsCredits
class RepeatedChargesIT {

    private static final BigDecimal HALF = new BigDecimal("0.5");

    private PaidRealm paid;
    private String key;

    @BeforeEach
    void createRealm() {
        paid = PaidRealm.create();
        paid.api("flat", "GET /search/** 0.5; 2");
        key = paid.keyOf("alice");
    }

    @Test
    void theSameCallIsChargedEachTimeUntilNothingIsLeft() {
        allow(10);
        Map<String, Object> call = Map.of("cost", HALF, "settle", true);

        for (int i = 1; i <= 20; i++) {
            JsonNode verdict = paid.verify("flat", key, call);

            assertEquals("valid", verdict.path("code").asText(), verdict::toString);
            assertEquals(
                    0, left(10, i).compareTo(verdict.at("/credits/remaining").decimalValue()), verdict::toString);
        }

        assertEquals(
                "credits_exhausted", paid.verify("flat", key, call).path("code").asText());
        Eventually.expect(() -> paid.at("flat", "spent").compareTo(BigDecimal.TEN) == 0);
    }

    private static BigDecimal left(int granted, int calls) {
        return BigDecimal.valueOf(granted).subtract(HALF.multiply(BigDecimal.valueOf(calls)));
    }

    @Test
    void eachCallHasAReservationOfItsOwn() {
        allow(100);
        Set<String> reservations = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            reservations.add(paid.reserve("flat", key, Map.of("cost", 1)));
        }
        assertEquals(20, reservations.size());

        List<String> all = List.copyOf(reservations);
        paid.endAll("flat", "settle", all.subList(0, 7)).expect(200);
        paid.endAll("flat", "release", all.subList(7, 20)).expect(200);

        Eventually.expect(() -> paid.at("flat", "spent").compareTo(BigDecimal.valueOf(7)) == 0);
    }

    @Test
    void aGatewayPaysForEachCallWhatThatCallCosts() {
        allow(100);
        Set<String> reservations = new HashSet<>();

        for (int i = 0; i < 20; i++) {
            Answer search = call("/search/" + i).expect(200);
            Answer other = call("/other/" + i).expect(200);

            assertEquals("0.5", search.header("X-Auth-Credits-Cost"));
            assertEquals("2", other.header("X-Auth-Credits-Cost"));
            assertEquals(0, left(100, 5 * (i + 1)).compareTo(new BigDecimal(other.header("X-Auth-Credits-Remaining"))));
            reservations.add(search.header("X-Auth-Reservation"));
            reservations.add(other.header("X-Auth-Reservation"));
        }

        assertEquals(40, reservations.size());
    }

    @Test
    void ofTwoCallsAtOnceNoneIsBelieved() throws Exception {
        allow(100);
        warm();
        HttpRequest twice = HttpRequest.newBuilder(
                        URI.create(LatchkeyServer.url() + paid.realm().keys() + "/forward-auth?audience=flat"))
                .header("X-API-Key", key)
                .header("X-Forwarded-Method", "GET")
                .header("X-Forwarded-Uri", "/search/1")
                .header("X-Forwarded-Uri", "/search/2")
                .build();

        // Keycloak 26.7 keeps one of them only where it is asked to go on in HTTP/2.
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpResponse<String> passed = client.send(twice, BodyHandlers.ofString());

        assertEquals("2", passed.headers().firstValue("X-Auth-Credits-Cost").orElse(passed.body()));
    }

    @Test
    void whoHasAPagesKeyCannotNameThePrice() {
        allow(100);
        String origin = "https://page.example.org";
        paid.realm().policy(Map.of("creation", "everyone", "kinds", List.of("secret", "publishable")));
        String page = paid.realm()
                .signedIn("alice")
                .post(
                        paid.realm().keys(),
                        Map.of("name", "page", "kind", "publishable", "allowedOrigins", List.of(origin)))
                .expect(201)
                .text("key");

        for (int i = 0; i < 3; i++) {
            Answer passed = paid.forwardAuth(
                            page,
                            "?audience=flat&cost=90&settle=true",
                            Map.of("Origin", origin, "X-Forwarded-Method", "GET", "X-Forwarded-Uri", "/search/1"))
                    .expect(200);

            assertEquals("0.5", passed.header("X-Auth-Credits-Cost"));
        }
    }

    @Test
    void anotherPriceCountsAtOnce() {
        allow(100);
        warm();

        paid.realm()
                .master()
                .put(paid.realm().adminKeys() + "/prices", Map.of("api", "flat", "prices", List.of("3")))
                .expect(200);

        assertEquals("3", call("/search/1").expect(200).header("X-Auth-Credits-Cost"));
    }

    @Test
    void anotherAllowanceCountsAtOnce() {
        allow(100);
        warm();

        allow(0);

        call("/search/1").expect(429);
    }

    @Test
    void whoCannotPayLosesNothingOfTheLimit() {
        paid.realm().policy(Map.of("creation", "everyone", "rateLimit", "6/h"));
        allow(4);
        for (int i = 0; i < 2; i++) {
            call("/other").expect(200);
        }

        for (int i = 0; i < 8; i++) {
            assertEquals("\"key\";r=4", limit(call("/other").expect(429)));
        }

        allow(100);
        for (int i = 0; i < 4; i++) {
            assertEquals("\"key\";r=" + (3 - i), limit(call("/other").expect(200)));
        }
        assertEquals(
                "https://latchkey.io/problems/rate-limited",
                call("/other").expect(429).text("type"));
    }

    private static String limit(Answer answer) {
        return answer.header("RateLimit").split(";t=")[0];
    }

    private void warm() {
        for (int i = 0; i < 5; i++) {
            call("/search/" + i).expect(200);
        }
    }

    private void allow(int credits) {
        paid.allow("alice", "flat", credits, "month").expect(200);
    }

    private Answer call(String path) {
        return paid.forwardAuth(key, "?audience=flat", Map.of("X-Forwarded-Method", "GET", "X-Forwarded-Uri", path));
    }
}
