package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans and price lists are checked before they are written, and what was written past that is named. */
@NeedsCredits
class PlansAndPricesIT {

    private static PaidRealm paid;
    private static RealmFixture realm;
    private static String alicesKey;
    private static String bob;

    // The server runs only once a test has begun.
    @BeforeAll
    static void createRealm() {
        paid = PaidRealm.create();
        realm = paid.realm();
        alicesKey = paid.keyOf("alice");
        paid.allow("alice", "rest", 10, "month").expect(200);
        bob = realm.user("bob");
    }

    @Test
    void aPlanThatIsReplacedCountsAtOnceAndOnceItIsRemovedNoMore() {
        String owner = realm.user("planned");
        paid.setup().grantNewRole(owner, "gold");
        String key = realm.createKey("planned", "paid").text("key");
        Map<String, Object> credits = Map.of("rest", "1000/month", "batch", "5/day");

        JsonNode plan = put("/plans/gold", Map.of("maxKeys", 3, "rateLimit", "50/s", "credits", credits))
                .expect(200)
                .json();
        assertEquals("1000/month", plan.at("/credits/rest").asText());
        assertEquals("1000", granted(key, "rest"));
        assertEquals("5", granted(key, "batch"));
        assertEquals(
                plan,
                realm.master()
                        .get(realm.adminKeys() + "/plans/gold")
                        .expect(200)
                        .json());
        // What GET answers may come back.
        put("/plans/gold", plan).expect(200);
        put("/plans/gold", Map.of("credits", Map.of("rest", "10/month"))).expect(200);
        assertEquals("10", granted(key, "rest"));
        assertEquals("0", granted(key, "batch"));
        realm.master().delete(realm.adminKeys() + "/plans/gold").expect(200);

        assertEquals("0", granted(key, "rest"));
        assertEquals(
                "roles/gold/api-keys/plan",
                realm.master()
                        .get(realm.admin("/admin-events?max=1"))
                        .expect(200)
                        .json()
                        .at("/0/resourcePath")
                        .asText());
    }

    private String granted(String key, String api) {
        return paid.verify(api, key, Map.of("dryRun", true))
                .at("/credits/granted")
                .asText();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'credits':{'rest':'lots'}}|credits.rest",
                "{'credits':{'nobody':'1/day'}}|credits.nobody",
                "{'maxKeys':'3'}|maxKeys",
                "{'role':'other'}|role",
                "{'brand':'acme'}|brand"
            })
    void aWrongPlanNamesItsFieldAndChangesNothing(String body, String field) {
        assertEquals(field, wrong(put("/plans/offline_access", body.replace('\'', '"'))));

        assertEquals(
                "{}",
                realm.master()
                        .get(realm.adminKeys() + "/plans/offline_access")
                        .expect(200)
                        .json()
                        .path("credits")
                        .toString());
    }

    @Test
    void aPriceListIsWrittenAsItsLinesAndCountsAtOnce() {
        paid.api("priced", "7");
        String key = paid.keyOf("payer");

        JsonNode list = put("/prices", Map.of("api", "priced", "prices", List.of("GET /a/** 0.25", "3")))
                .expect(200)
                .json();
        assertEquals("3", list.path("most").asText());
        assertEquals("0.25", cost(key, "/a/b"));
        assertEquals("3", cost(key, "/else"));
        realm.master()
                .send("DELETE", realm.adminKeys() + "/prices", "application/json", "{\"api\":\"priced\"}")
                .expect(200);

        assertTrue(paid.verify("priced", key, Map.of()).path("credits").isNull());
    }

    private String cost(String key, String path) {
        return paid.verify("priced", key, Map.of("method", "GET", "path", path, "dryRun", true))
                .at("/credits/cost")
                .asText();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'api':'rest','prices':['1','GET search 2']}|prices[1]",
                "{'api':'rest','prices':['/a 1; /b 2']}|prices[0]",
                "{'api':'rest','prices':['-1']}|prices[0]",
                "{'api':'rest','prices':[]}|prices",
                "{'api':'rest'}|prices",
                "{'api':'rest','prices':'1'}|prices",
                "{'api':'nobody','prices':['1']}|api",
                "{'prices':['1']}|api",
                "{'api':'rest','prices':['1'],'free':true}|free"
            })
    void aWrongPriceListNamesItsLineAndChangesNothing(String body, String field) {
        assertEquals(field, wrong(put("/prices", body.replace('\'', '"'))));

        assertEquals(4, priceList("rest").path("prices").size());
    }

    @Test
    void aListThatWasWrittenPastTheCheckIsNamed() {
        paid.api("slip", "GET /a 1; every day 2");

        JsonNode list = priceList("slip");

        assertEquals("prices[1]", list.at("/faults/0").asText());
        assertEquals("1", list.path("most").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'owner':{'name':'bob'},'api':'rest','credits':-1,'refill':'day'}|credits",
                "{'owner':{'name':'bob'},'api':'rest','credits':1e-7,'refill':'day'}|credits",
                "{'owner':{'name':'bob'},'api':'rest','credits':1e300,'refill':'day'}|credits",
                "{'owner':{'name':'bob'},'api':'rest','credits':'1','refill':'day'}|credits",
                "{'owner':{'name':'bob'},'api':'rest','credits':1,'refill':'week'}|refill",
                "{'owner':{'name':'bob'},'api':'rest','credits':1}|refill",
                "{'owner':{'name':'stranger'},'api':'rest','credits':1,'refill':'day'}|owner.name",
                "{'owner':{'name':'bob'},'api':'none','credits':1,'refill':'day'}|api",
                "{'api':'rest','credits':1,'refill':'day'}|owner",
                "{'owner':{'name':'bob'},'api':'rest','credits':1,'refill':'day','more':1}|more"
            })
    void aWrongAllowanceNamesItsFieldAndChangesNothing(String body, String field) {
        assertEquals(field, wrong(put("/allowances", body.replace('\'', '"'))));

        assertEquals(List.of(), paid.ledger("?owner=" + bob));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /search/a, 0.5",
        "POST, /batch, 2",
        "PUT, /health, 0",
        "GET, /else, 1",
        "GET, /search/../batch, 2",
        ",, 2"
    })
    void theGatewayTellsTheCallAndThePriceListItsPrice(String method, String path, String price) {
        Map<String, String> headers =
                method == null ? Map.of() : Map.of("X-Forwarded-Method", method, "X-Forwarded-Uri", path);

        Answer passed = paid.forwardAuth(alicesKey, "?audience=rest", headers).expect(200);

        assertEquals(price, passed.header("X-Auth-Credits-Cost"));
        assertEquals(price.equals("0"), passed.header("X-Auth-Reservation").isEmpty());
        if (!price.equals("0")) {
            paid.settle("rest", Map.of("reservation", passed.header("X-Auth-Reservation")))
                    .expect(200);
        }
    }

    private JsonNode priceList(String api) {
        for (JsonNode list :
                realm.master().get(realm.adminKeys() + "/prices").expect(200).json()) {
            if (list.path("api").asText().equals(api)) {
                return list;
            }
        }
        throw new AssertionError("There are no prices of " + api);
    }

    @Test
    void onlyAdministratorsSeeAndChangeThem() {
        realm.user("nobody");
        ApiClient nobody = realm.signedIn("nobody");
        for (String path : List.of("/plans", "/plans/offline_access", "/prices")) {
            nobody.get(realm.adminKeys() + path).expect(403);
        }
        nobody.put(realm.adminKeys() + "/plans/offline_access", Map.of()).expect(403);
        nobody.delete(realm.adminKeys() + "/plans/offline_access").expect(403);
        nobody.put(realm.adminKeys() + "/prices", Map.of("api", "rest", "prices", List.of("1")))
                .expect(403);
        nobody.put(realm.adminKeys() + "/prices", Map.of("api", "none", "prices", List.of("1")))
                .expect(403);
        assertEquals(
                "The realm has no role of this name.",
                realm.master()
                        .get(realm.adminKeys() + "/plans/there-is-none")
                        .expect(404)
                        .text("detail"));
    }

    private Answer put(String path, Object body) {
        return realm.master().put(realm.adminKeys() + path, body);
    }

    private static String wrong(Answer answer) {
        return answer.expect(400).json().at("/errors/0/field").asText();
    }
}
