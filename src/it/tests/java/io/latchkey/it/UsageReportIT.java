package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uses and what they cost, by key, owner and API, for pages and for bills. */
@NeedsCredits
@EveryDatabase
class UsageReportIT {

    private PaidRealm paid;
    private RealmFixture realm;
    private String alice;
    private Answer key;

    @BeforeEach
    void createRealm() {
        paid = PaidRealm.create();
        realm = paid.realm();
        alice = realm.user("alice");
        key = realm.createKey("alice", "=1+1");
        paid.allow("alice", "rest", 10, "month").expect(200);
        paid.allow("alice", "batch", 10, "none").expect(200);
    }

    @Test
    void callsCountForTheirOwnerAndApiWithWhatWasCharged() {
        callAll();

        JsonNode rest = report("by=owner+api&grain=day&owner=" + alice + "&api=rest");
        assertEquals(1, rest.size(), rest::toString);
        assertEquals("alice", rest.at("/0/owner/name").asText());
        assertEquals("rest", rest.at("/0/api").asText());
        assertEquals(today(), rest.at("/0/day").asText());
        assertEquals("4 {\"api_key_scope_not_allowed\":1} 2 1 0 0.750001", figures(rest.get(0)));
        assertEquals(
                "1 {} 1 0 0 1", figures(report("by=none&grain=day&api=batch").get(0)));
        assertEquals(
                "6 {\"api_key_scope_not_allowed\":1} 3 1 0 1.750001",
                figures(report("by=none&grain=day").get(0)));
        assertEquals(3, report("owner=" + alice).size());
        assertTrue(report("owner=" + alice).get(0).path("api").isNull());
        assertEquals(0, report("api=nobody").size());
    }

    @Test
    void ownersSeeTheirOwnCallsOnly() {
        callAll();
        realm.user("bob");

        JsonNode own = realm.signedIn("alice")
                .get(realm.keys() + "/usage?by=api&grain=day&api=batch")
                .expect(200)
                .json();

        assertEquals(1, own.size(), own::toString);
        assertEquals("1 {} 1 0 0 1", figures(own.get(0)));
        assertEquals(
                0,
                realm.signedIn("bob")
                        .get(realm.keys() + "/usage")
                        .expect(200)
                        .json()
                        .size());
        Answer refused =
                realm.signedIn("alice").get(realm.keys() + "/usage?by=owner").expect(400);
        assertEquals("by", refused.json().at("/errors/0/field").asText());
    }

    @Test
    void aBillIsAFileThatSpreadsheetsOnlyRead() {
        callAll();

        Answer bill = csv(realm.master(), realm.adminKeys() + "/usage?grain=day&by=key+owner+api&api=rest");

        assertEquals(
                "text/csv; charset=utf-8; header=present",
                bill.header("Content-Type").replace(";", "; ").replace(";  ", "; "));
        assertEquals("attachment; filename=\"usage.csv\"", bill.header("Content-Disposition"));
        assertEquals("no-store", bill.header("Cache-Control"));
        assertEquals(
                "day,keyId,keyName,ownerType,ownerId,ownerName,api,accepted,rejected,settled,released,expired,credits\r\n"
                        + today() + "," + key.text("id") + ",'=1+1,user," + alice
                        + ",alice,rest,4,1,2,1,0,0.750001\r\n",
                bill.text());
    }

    @Test
    void ownersExportTheirOwnCalls() {
        callAll();

        Answer own = csv(realm.signedIn("alice"), realm.keys() + "/usage?grain=day&by=api&max=1");

        assertEquals(
                "day,api,accepted,rejected,settled,released,expired,credits\r\n"
                        + today() + ",,1,0,0,0,0,0\r\n"
                        + today() + ",batch,1,0,1,0,0,1\r\n"
                        + today() + ",rest,4,1,2,1,0,0.750001\r\n",
                sorted(own.text()));
        realm.anyone().with("Accept", "text/csv").get(realm.keys() + "/usage").expect(401);
    }

    /** Which API comes first is said by its id. */
    private static String sorted(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\r\n")));
        String header = lines.remove(0);
        lines.sort(null);
        return header + "\r\n" + String.join("\r\n", lines) + "\r\n";
    }

    @ParameterizedTest
    @CsvSource({
        "text/csv;q=0.9, text/csv",
        "'text/csv, application/json;q=0.5', text/csv",
        "'application/json, text/csv;q=0.5', application/json",
        "*/*, application/json",
        "text/html, application/json"
    })
    void theCallerSaysWhatItWouldRatherRead(String accept, String type) {
        Answer answer = realm.master()
                .with("Accept", accept)
                .get(realm.adminKeys() + "/usage")
                .expect(200);

        assertTrue(answer.header("Content-Type").startsWith(type), answer.header("Content-Type"));
    }

    @ParameterizedTest
    @CsvSource({"grain=week, grain", "by=colour, by", "by=key+colour, by", "by=, by"})
    void whatCannotBeUnderstoodIsNamedInAnyFormat(String query, String field) {
        Answer answer = realm.master()
                .with("Accept", "text/csv")
                .get(realm.adminKeys() + "/usage?" + query)
                .expect(400);

        assertEquals(field, answer.json().at("/errors/0/field").asText());
        assertEquals("application/problem+json", answer.header("Content-Type"));
    }

    @Test
    void onlyAdministratorsReportOnOthers() {
        realm.signedIn("alice").get(realm.adminKeys() + "/usage").expect(403);
        realm.signedIn("alice").get(current(alice)).expect(403);
        realm.signedIn("alice").get(current("nobody")).expect(403);
    }

    @Test
    void whatABearerOwesCountsForTheKeyItsTokenWasMadeFrom() {
        Answer token =
                realm.exchange(key.text("key"), Map.of("client_id", "app")).expect(200);

        realm.anyone()
                .as(token.text("access_token"))
                .get(realm.keys() + "/forward-auth?audience=rest&cost=3&settle=true")
                .expect(200);

        Eventually.expect(
                () -> report("by=key+api&api=rest").at("/0/credits").asText().equals("3"));
        assertEquals(
                key.text("id"), report("by=key+api&api=rest").at("/0/keyId").asText());
    }

    @Test
    void aRenamedApiKeepsItsUsesAndADeletedOneTakesThemAlong() {
        callAll();
        paid.setup().client("rest", Map.of("clientId", "search"));

        assertEquals(
                "4 {\"api_key_scope_not_allowed\":1} 2 1 0 0.750001",
                figures(report("grain=day&api=search").get(0)));

        realm.master().delete(paid.setup().clientPath("search")).expect(204);
        assertEquals("2 {} 1 0 0 1", figures(report("by=none&grain=day").get(0)));
    }

    @Test
    void anOwnerStandsSomewhereBeforeTheFirstCall() {
        String bob = realm.user("bob");
        paid.allow("bob", "batch", 2.5, "day").expect(200);

        JsonNode rateLimits = realm.master().get(current(bob)).expect(200).json();

        assertEquals(1, rateLimits.size(), rateLimits::toString);
        assertEquals("batch", rateLimits.at("/0/api").asText());
        assertEquals("2.5", rateLimits.at("/0/remaining").asText());
        assertEquals("2.5/day", rateLimits.at("/0/allowance").asText());
        realm.master().get(current("nobody")).expect(400);
    }

    private String current(String owner) {
        return realm.adminKeys() + "/allowances/current?owner=" + owner;
    }

    /** One of each: charged, charged less, released, free and refused calls at the API, one at another, and a token. */
    private void callAll() {
        String text = key.text("key");
        realm.exchange(text).expect(200);
        paid.verify("rest", text, Map.of("cost", 0.5, "settle", true));
        paid.settle("rest", Map.of("reservation", paid.reserve("rest", text, Map.of("cost", 2)), "cost", 0.250001))
                .expect(200);
        paid.release("rest", paid.reserve("rest", text, Map.of("cost", 2))).expect(200);
        paid.verify("rest", text, Map.of("cost", 0));
        paid.verify("rest", text, Map.of("cost", 1, "scope", "nobody-has-this"));
        paid.verify("batch", text, Map.of("settle", true));
        // One flush may come in between.
        Eventually.expect(() -> report("by=none&grain=day").at("/0/settled").asInt() == 3
                && report("by=none&grain=day").at("/0/accepted").asInt() == 6
                && report("by=none&grain=day").at("/0/released").asInt() == 1
                && report("by=none&grain=day").at("/0/rejected").size() == 1);
    }

    private JsonNode report(String query) {
        return realm.master()
                .get(realm.adminKeys() + "/usage?" + query)
                .expect(200)
                .json();
    }

    private static Answer csv(ApiClient caller, String path) {
        return caller.with("Accept", "text/csv").get(path).expect(200);
    }

    private static String figures(JsonNode sum) {
        return sum.path("accepted") + " " + sum.path("rejected") + " " + sum.path("settled") + " "
                + sum.path("released") + " " + sum.path("expired") + " " + sum.path("credits");
    }

    private static String today() {
        return Instant.now().toString().substring(0, 10);
    }
}
