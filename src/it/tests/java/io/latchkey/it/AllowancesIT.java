package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Credits come from plans or from administrators, and go with what they belong to. */
@NeedsCredits
class AllowancesIT {

    private PaidRealm paid;
    private RealmFixture realm;
    private String alice;
    private String key;

    @BeforeEach
    void createRealm() {
        paid = PaidRealm.create();
        realm = paid.realm();
        alice = realm.user("alice");
        key = realm.createKey("alice", "paid").text("key");
    }

    private void plan(String role, String api, String allowance) {
        paid.setup().grantNewRole(alice, role);
        JsonNode found =
                realm.master().get(realm.admin("/roles/" + role)).expect(200).json();
        realm.master()
                .put(
                        realm.admin("/roles/" + role),
                        Map.of(
                                "name", role,
                                "id", found.path("id").asText(),
                                "attributes", Map.of("latchkey.credits." + api, List.of(allowance))))
                .expect(204);
    }

    private String granted() {
        return paid.verify("rest", key, Map.of("dryRun", true))
                .at("/credits/granted")
                .asText();
    }

    @Test
    void theMostGenerousPlanCountsAndALostOneDoesNot() {
        assertEquals("0", granted());
        plan("free", "rest", "100/month");
        assertEquals("100", granted());
        plan("premium", "rest", "10000/month");
        plan("wrong", "rest", "lots");
        plan("other", "batch", "99999/month");
        assertEquals("10000", granted());
        paid.setup().withdrawRole(alice, "premium");

        assertEquals("100", granted());
    }

    @Test
    void whatWasSpentStaysSpentWhenThePlanChanges() {
        plan("free", "rest", "100/month");
        paid.verify("rest", key, Map.of("cost", 60, "settle", true));
        plan("premium", "rest", "200/month");

        assertEquals(
                "140",
                paid.verify("rest", key, Map.of("dryRun", true))
                        .at("/credits/remaining")
                        .asText());
        paid.setup().withdrawRole(alice, "premium");
        assertEquals(
                "credits_exhausted",
                paid.verify("rest", key, Map.of("cost", 41)).path("code").asText());
        assertEquals(
                "valid",
                paid.verify("rest", key, Map.of("cost", 40)).path("code").asText());
    }

    @Test
    void whatAdministratorsSetCountsInsteadOfPlans() {
        plan("premium", "rest", "10000/month");

        Answer set = paid.allow("alice", "rest", 2.5, "day").expect(200);
        assertEquals("2.5/day", set.text("allowance"));
        assertEquals("alice", set.json().at("/owner/name").asText());
        assertEquals("2.5", granted());
        Answer topped = realm.master().post(realm.adminKeys() + "/allowances/top-up", place(Map.of("credits", 1)));
        assertEquals("3.5", topped.expect(200).text("granted"));
        Eventually.expect(() -> granted().equals("3.5"));
        realm.master()
                .send(
                        "DELETE",
                        realm.adminKeys() + "/allowances",
                        "application/json",
                        "{\"owner\":{\"name\":\"alice\"},\"api\":\"rest\"}")
                .expect(200);

        assertEquals("10000", granted());
    }

    private static Map<String, Object> place(Map<String, Object> more) {
        Map<String, Object> place = new LinkedHashMap<>(more);
        place.put("owner", Map.of("name", "alice"));
        place.put("api", "rest");
        return place;
    }

    @Test
    void peopleSeeTheirOwnCreditsAndNobodyGivesThemselvesAny() {
        plan("free", "rest", "100/month");
        paid.verify("rest", key, Map.of("cost", 60.5, "settle", true));

        Eventually.expect(
                () -> own().size() == 1 && own().at("/0/spent").asText().equals("60.5"));
        assertEquals("39.5", own().at("/0/remaining").asText());
        assertEquals("100/month", own().at("/0/allowance").asText());
        realm.signedIn("alice")
                .put(realm.adminKeys() + "/allowances", place(Map.of("credits", 1, "refill", "day")))
                .expect(403);
        realm.signedIn("alice").get(realm.adminKeys() + "/allowances").expect(403);
        realm.anyone().get(realm.keys() + "/credits").expect(401);
    }

    @Test
    void peopleSeeTheirPlansAndTheirCreditsAmongTheirTerms() {
        plan("premium", "rest", "10000/month");
        plan("free", "batch", "100/day");
        paid.setup().grantNewRole(alice, "no-plan");
        realm.user("bob");

        JsonNode terms = terms("alice");

        assertEquals("[\"free\",\"premium\"]", terms.path("plans").toString());
        assertEquals(List.of("batch", "rest"), terms.path("credits").findValuesAsText("api"));
        assertEquals(own(), terms.path("credits"));
        assertEquals("[]", terms("bob").path("plans").toString());
        assertEquals("[]", terms("bob").path("credits").toString());
    }

    private JsonNode terms(String user) {
        return realm.signedIn(user).get(realm.keys() + "/policy").expect(200).json();
    }

    private JsonNode own() {
        return realm.signedIn("alice")
                .get(realm.keys() + "/credits")
                .expect(200)
                .json();
    }

    @Test
    void anApiThatIsRenamedKeepsItsPlansAndItsLedger() {
        plan("free", "rest", "100/month");
        paid.verify("rest", key, Map.of("cost", 60, "settle", true));

        paid.setup().client("rest", Map.of("clientId", "renamed"));

        assertEquals(
                "40",
                paid.verify("renamed", key, Map.of("dryRun", true))
                        .at("/credits/remaining")
                        .asText());
    }

    /** The name of a role's attribute has no more than 255 characters. */
    @Test
    void anApiWhoseNameIsTooLongForPlansCanBeRenamedAllTheSame() {
        plan("free", "rest", "100/month");
        paid.allow("alice", "batch", 5, "month").expect(200);
        String name = "n".repeat(255);
        paid.setup().client("rest", Map.of("clientId", name));
        paid.setup().client("batch", Map.of("clientId", "m".repeat(255)));

        JsonNode role =
                realm.master().get(realm.admin("/roles/free")).expect(200).json();

        assertEquals("{}", role.path("attributes").toString(), "nobody else gets it");
        assertEquals(List.of("m".repeat(255)), own().findValuesAsText("api"));
        Answer refused = realm.master()
                .put(realm.adminKeys() + "/plans/free", Map.of("credits", Map.of(name, "100/month")))
                .expect(400);
        assertEquals("credits." + name, refused.json().at("/errors/0/field").asText());
    }

    @Test
    void nobodyIsGivenMoreThanCanBeCounted() {
        long most = 1_000_000_000_000L;
        realm.master()
                .put(realm.adminKeys() + "/allowances", place(Map.of("credits", most, "refill", "month")))
                .expect(200);
        topUp(most - 1).expect(200);

        Answer refused = topUp(1.000001).expect(400);

        assertEquals("credits", refused.json().at("/errors/0/field").asText());
        topUp(1).expect(200);
        topUp(0.000001).expect(400);
        assertEquals("2000000000000", own().at("/0/granted").asText());
        assertEquals("2000000000000", granted());
    }

    private Answer topUp(Number credits) {
        return realm.master().post(realm.adminKeys() + "/allowances/top-up", place(Map.of("credits", credits)));
    }

    @Test
    void nothingIsLeftOfAnOwnerAnApiOrARealmThatIsRemoved() {
        paid.allow("alice", "rest", 10, "none").expect(200);
        paid.allow("alice", "batch", 10, "month").expect(200);
        String reservation = paid.reserve("rest", key, Map.of("cost", 1));
        paid.reserve("batch", key, Map.of("cost", 1));
        assertEquals(2, paid.ledger("").size());
        List<String> ledgerRows = ledgerRows(alice);

        realm.master().delete(paid.setup().clientPath("batch")).expect(204);
        assertEquals(1, paid.ledger("").size());
        realm.master().delete(realm.admin("/users/" + alice)).expect(204);
        assertEquals(List.of(), paid.ledger(""));
        try (Database database = Database.open()) {
            for (String table : List.of("LATCHKEY_ALLOWANCE", "LATCHKEY_CREDIT")) {
                assertFalse(database.has(table, "OWNER_ID", alice), table);
            }
            ledgerRows.forEach(row -> assertFalse(database.has("LATCHKEY_LEASE", "CREDIT_ID", row), row));
        }
        assertTrue(paid.settle("rest", Map.of("reservation", reservation)).status() != 500);
    }

    private static List<String> ledgerRows(String owner) {
        try (Database database = Database.open()) {
            List<String> ids = database.rows("LATCHKEY_CREDIT").stream()
                    .filter(row -> owner.equals(row.get("OWNER_ID")))
                    .map(row -> row.get("ID"))
                    .toList();
            assertTrue(ids.stream().allMatch(id -> database.has("LATCHKEY_LEASE", "CREDIT_ID", id)));
            return ids;
        }
    }
}
