package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls have a price, and whoever makes them pays when they succeed. */
@NeedsCredits
@EveryDatabase
class CreditsIT {

    private static PaidRealm paid;
    private static int owners;
    private String owner;
    private String ownerId;
    private String key;

    // The server runs only once a test has begun.
    @BeforeAll
    static void createRealm() {
        paid = PaidRealm.create();
    }

    @BeforeEach
    void createOwner() {
        owner = "owner-" + ++owners;
        key = paid.keyOf(owner);
        ownerId = paid.allow(owner, "rest", 10, "month")
                .expect(200)
                .json()
                .at("/owner/id")
                .asText();
    }

    private void expectSpent(String credits) {
        Eventually.expect(() -> paid.ledger("?api=rest&owner=" + ownerId)
                .get(0)
                .path("spent")
                .asText()
                .equals(credits));
    }

    @Test
    void aCallThatSucceedsIsChargedAndOneThatFailsIsNot() {
        Map<String, String> search = Map.of("method", "GET", "path", "/search/books?q=1");
        JsonNode verdict = paid.verify("rest", key, search);

        assertEquals("valid", verdict.path("code").asText());
        assertEquals("0.5", verdict.at("/credits/cost").asText());
        assertEquals("10", verdict.at("/credits/granted").asText());
        assertEquals("9.5", verdict.at("/credits/remaining").asText());
        assertTrue(verdict.at("/credits/resetsAt").asText().endsWith("T00:00:00Z"), verdict::toString);

        Answer settled = paid.settle("rest", reservation(verdict)).expect(200);
        assertEquals("settled", settled.text("outcome"));
        assertEquals("0.5", settled.text("charged"));
        paid.release("rest", paid.reserve("rest", key, search)).expect(200);
        String much = paid.reserve("rest", key, Map.of("cost", 3.000001));
        paid.settle("rest", Map.of("reservation", much, "cost", 0.25)).expect(200);

        expectSpent("0.75");
    }

    @Test
    void theLastCreditIsSpentAndNoMore() {
        for (int i = 0; i < 5; i++) {
            paid.settle("rest", Map.of("reservation", paid.reserve("rest", key, Map.of("cost", 2))))
                    .expect(200);
        }

        JsonNode verdict = paid.verify("rest", key, Map.of("cost", 0.000001));
        assertFalse(verdict.path("valid").asBoolean());
        assertEquals("credits_exhausted", verdict.path("code").asText());
        assertEquals("0", verdict.at("/credits/remaining").asText());
        assertEquals(owner, verdict.at("/owner/name").asText());
        Answer refused = paid.forwardAuth(key, "?audience=rest", Map.of()).expect(429);
        assertTrue(refused.text("type").endsWith("/credits-exhausted"), refused::text);
        assertEquals("0", refused.header("X-Auth-Credits-Remaining"));
        expectSpent("10");
    }

    @Test
    void theFirstEndCountsAndIsSaidAgain() {
        Map<String, String> first = Map.of("reservation", paid.reserve("rest", key, Map.of("cost", 1)));
        paid.settle("rest", first).expect(200);

        assertEquals("1", paid.settle("rest", first).expect(200).text("charged"));
        assertConflict("settled", paid.release("rest", first.get("reservation")));
        paid.release("rest", another(first.get("reservation"))).expect(404);
    }

    /** So that a proxy can keep its connection. */
    @Test
    void whoeverWantsNoBodyGetsNoneUnlessItIsRefused() {
        ApiClient client = paid.realm().client("rest").with("Prefer", "respond-async, return=minimal");
        Map<String, String> one = Map.of("reservation", paid.reserve("rest", key, Map.of("cost", 1)));

        Answer settled =
                client.post(paid.realm().keys() + "/credits/settle", one).expect(204);
        Answer late = client.post(paid.realm().keys() + "/credits/release", one).expect(409);

        assertEquals("", settled.text());
        assertEquals("return=minimal", settled.header("Preference-Applied"));
        assertTrue(late.text("type").endsWith("/reservation-settled"), late::text);
    }

    private static String another(String reservation) {
        String end = reservation.endsWith("x") ? "y" : "x";
        return reservation.substring(0, reservation.length() - 1) + end;
    }

    @Test
    void whatWasReleasedIsNotSettled() {
        String reservation = paid.reserve("rest", key, Map.of("cost", 10));
        paid.release("rest", reservation).expect(200);

        assertConflict("released", paid.settle("rest", Map.of("reservation", reservation)));
        paid.release("rest", reservation).expect(200);
        assertEquals("valid", code(Map.of("cost", 10)));
    }

    @Test
    void whatNobodyEndsIsReleasedAndSettledAfterwardsOnlyWhereThereIsEnough() {
        String large = paid.reserve("rest", key, Map.of("cost", 7));
        String small = paid.reserve("rest", key, Map.of("cost", 3));
        assertEquals("credits_exhausted", code(Map.of("cost", 1, "dryRun", true)));

        Eventually.expect(() -> code(Map.of("cost", 10, "dryRun", true)).equals("valid"));

        assertConflict("expired", paid.release("rest", large));
        paid.verify("rest", key, Map.of("cost", 4, "settle", true));
        assertConflict("expired", paid.settle("rest", Map.of("reservation", large)));
        paid.settle("rest", Map.of("reservation", small)).expect(200);
        expectSpent("7");
    }

    private static void assertConflict(String outcome, Answer answer) {
        assertTrue(answer.expect(409).text("type").endsWith("/reservation-" + outcome), answer::text);
    }

    /** Whoever else has come by it: from a header that was handed on, say. */
    @Test
    void onlyTheApiItselfOrAGatewayEndsAReservation() {
        String reservation = paid.reserve("rest", key, Map.of("cost", 1));
        Answer nothing = paid.release("rest", another(reservation)).expect(404);

        assertEquals(
                nothing.text(), paid.release("batch", reservation).expect(404).text());
        paid.settle("batch", Map.of("reservation", reservation)).expect(404);
        paid.allow(owner, "batch", 1, "month").expect(200);
        String own = paid.reserve("batch", key, Map.of());
        Answer list = paid.endAll("batch", "settle", List.of(reservation, own)).expect(200);
        assertEquals("[404, 200]", list.json().findValuesAsText("status").toString());
        paid.settle("gateway", Map.of("reservation", reservation)).expect(200);
        expectSpent("1");
    }

    @Test
    void onlyWhatWasReservedCanBeSettledAndOnlyByAConfidentialClient() {
        String reservation = paid.reserve("rest", key, Map.of("cost", 1));

        Answer more = paid.settle("rest", Map.of("reservation", reservation, "cost", 1.000001))
                .expect(400);
        assertEquals("cost", more.json().at("/errors/0/field").asText());
        assertEquals(
                "reservation",
                paid.settle("rest", Map.of("reservation", "?"))
                        .expect(400)
                        .json()
                        .at("/errors/0/field")
                        .asText());
        paid.realm()
                .anyone()
                .post(paid.realm().keys() + "/credits/settle", Map.of("reservation", reservation))
                .expect(401);
        paid.settle("rest", Map.of("reservation", reservation)).expect(200);
    }

    @Test
    void whoeverWantsOneCallOnlySettlesAtOnceAndWhoeverOnlyAsksPaysNothing() {
        JsonNode asked = paid.verify("rest", key, Map.of("cost", 4, "dryRun", true));
        Answer passed = paid.forwardAuth(key, "?audience=rest&cost=4&dryRun=true", Map.of())
                .expect(200);
        assertEquals("10", passed.header("X-Auth-Credits-Remaining"));
        assertEquals("", passed.header("X-Auth-Reservation"));
        JsonNode charged = paid.verify("rest", key, Map.of("cost", 4, "settle", true));

        assertEquals("10", asked.at("/credits/remaining").asText());
        assertTrue(
                asked.at("/credits/reservation").isNull() && asked.path("valid").asBoolean(), asked::toString);
        assertTrue(charged.at("/credits/reservation").isNull(), charged::toString);
        assertEquals(
                "credits_exhausted",
                paid.verify("rest", key, Map.of("cost", 7, "dryRun", true))
                        .path("code")
                        .asText());
        expectSpent("4");
    }

    @Test
    void theGatewayMayNameThePriceAndWhatBearersOwePayTheirOwners() {
        assertEquals("0.25", cost(paid.forwardAuth(key, "?audience=rest&cost=0.25&settle=true", Map.of())));
        assertEquals("1", cost(paid.forwardAuth(key, "/rest/anything", Map.of())));
        Answer token = paid.realm().passwordToken(owner).expect(200);
        Answer bearer = paid.realm()
                .anyone()
                .as(token.text("access_token"))
                .get(paid.realm().keys() + "/forward-auth?audience=rest&cost=3&settle=true");
        assertEquals("3", cost(bearer));
        paid.forwardAuth(key, "?audience=rest&cost=-1", Map.of()).expect(403);

        expectSpent("4.25");
    }

    private static String cost(Answer passed) {
        return passed.expect(200).header("X-Auth-Credits-Cost");
    }

    @Test
    void whoeverIsRefusedForAnotherReasonPaysNothing() {
        paid.verify("rest", key, Map.of("cost", 10, "scope", "nobody-has-this"));
        paid.verify("rest", key + "x", Map.of("cost", 10));

        assertEquals(
                "10",
                paid.verify("rest", key, Map.of("cost", 10)).at("/credits/cost").asText());
    }

    @Test
    void whatCannotBePaidIsNotCountedAndWhatIsRateLimitedIsNotCharged() {
        paid.realm().policy(Map.of("rateLimit", "1/d burst 2"));

        for (int i = 0; i < 4; i++) {
            assertEquals("credits_exhausted", code(Map.of("cost", 11)));
        }
        paid.forwardAuth(key, "?audience=rest&cost=11", Map.of()).expect(429);
        assertEquals("valid", code(Map.of("cost", 1)));
        assertEquals("valid", code(Map.of("cost", 1)));
        assertEquals("rate_limited", code(Map.of("cost", 1)));
        assertEquals("rate_limited", code(Map.of("cost", 11)));

        paid.realm().policy(Map.of("rateLimit", "unlimited"));
        assertEquals("valid", code(Map.of("cost", 8)));
    }

    private String code(Map<String, ?> call) {
        return paid.verify("rest", key, call).path("code").asText();
    }

    @Test
    void aPaidAnswerIsNotGivenAgain() {
        for (int i = 0; i < 3; i++) {
            assertEquals("2", cost(paid.forwardAuth(key, "?audience=rest&cost=2&settle=true", Map.of())));
        }
        for (int i = 0; i < 2; i++) {
            assertEquals("valid", code(Map.of("cost", 2, "settle", true)));
        }

        assertEquals("credits_exhausted", code(Map.of("cost", 2, "settle", true)));
        paid.forwardAuth(key, "?audience=rest&cost=2&settle=true", Map.of()).expect(429);
    }

    @Test
    void anApiWithoutPricesTakesNoCredits() {
        JsonNode verdict = paid.verify("service", key, Map.of("cost", 1_000_000));

        assertTrue(verdict.path("valid").asBoolean() && verdict.path("credits").isNull(), verdict::toString);
        assertEquals("", paid.forwardAuth(key, "", Map.of()).expect(200).header("X-Auth-Credits-Cost"));
    }

    @Test
    void whoeverHasNoAllowanceHasNothingToSpendButMayMakeFreeCalls() {
        assertEquals(
                "credits_exhausted",
                paid.verify("batch", key, Map.of()).path("code").asText());
        assertEquals(
                "valid",
                paid.verify("batch", key, Map.of("cost", 0)).path("code").asText());
    }

    @Test
    void aRefusedCallIsAnEventAndNoUse() {
        paid.setup().forgetEvents();

        paid.verify("batch", key, Map.of());

        List<JsonNode> failures = paid.setup().failures();
        assertEquals(1, failures.size());
        assertEquals(
                "api_key_credits_exhausted",
                failures.get(0).at("/details/reason").asText());
    }

    @Test
    void theLinesOfTheDocumentationWork() {
        Map<String, String> shell = Map.of(
                "KEYCLOAK",
                LatchkeyServer.url(),
                "REALM",
                paid.realm().name(),
                "CLIENT",
                "rest",
                "SECRET",
                RealmFixture.SECRET,
                "KEY",
                key,
                "RESERVATION",
                paid.reserve("rest", key, Map.of()));

        CurlLine.of("credits.md").forEach(line -> {
            int expected = line.text().contains("/release\"") ? 409 : 200;
            line.run(shell).expect(expected);
        });
    }

    private static Map<String, String> reservation(JsonNode verdict) {
        return Map.of("reservation", verdict.at("/credits/reservation").asText());
    }
}
