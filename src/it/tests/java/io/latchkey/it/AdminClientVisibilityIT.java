package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Checks that a client which an administrator may not see answers like a missing one. */
class AdminClientVisibilityIT {

    @NeedsCredits
    @Test
    void clientOutOfSightAndMissingClientAnswerAlike() {
        try (RealmFixture fine = RealmFixture.create(Map.of())) {
            String mine = fine.user("mine");
            ApiClient delegate = Delegate.of(fine, mine, "view", "manage", "impersonate");
            String allowances = fine.adminKeys() + "/allowances";
            String key =
                    fine.adminKeys() + "/" + fine.createKey("mine", "reachable").text("id");
            Map<String, Object> owner = Map.of("id", mine);

            assertSameForClients(
                    api -> delegate.put(allowances, Map.of("owner", owner, "api", api, "credits", 1, "refill", "day")));
            assertSameForClients(api -> delegate.send(
                    "DELETE", allowances, "application/json", ApiClient.text(Map.of("owner", owner, "api", api))));
            assertSameForClients(
                    api -> delegate.post(allowances + "/top-up", Map.of("owner", owner, "api", api, "credits", 1)));
            assertSameForClients(api ->
                    delegate.post(fine.adminKeys(), Map.of("name", "x", "owner", owner, "audiences", List.of(api))));
            assertSameForClients(api -> delegate.patch(key, Map.of("audiences", List.of(api))));
            assertSameForClients(
                    api -> delegate.put(fine.adminKeys() + "/prices", Map.of("api", api, "prices", List.of("1"))));
            assertEquals(
                    0,
                    fine.master()
                            .get(allowances + "?owner=" + mine)
                            .expect(200)
                            .json()
                            .size());
        }
    }

    @Test
    void plansAndPolicyNameNoClientOutOfSight() {
        try (RealmFixture fine = RealmFixture.create(Map.of())) {
            new RealmSetup(fine).give(fine.user("manager"), "realm-management", "manage-realm");
            ApiClient manager = fine.signedIn("manager");
            fine.master().post(fine.admin("/roles"), Map.of("name", "plan")).expect(201);
            String plan = fine.adminKeys() + "/plans/plan";
            String policy = fine.adminKeys() + "/policy";
            ObjectNode present = (ObjectNode) manager.get(policy).expect(200).json();

            assertSameForClients(api -> manager.put(plan, Map.of("credits", Map.of(api, "5/month"))));
            assertSameForClients(api -> manager.put(policy, present.deepCopy().put("client", api)));
            assertSameForClients(api -> manager.put(
                    policy,
                    present.deepCopy()
                            .set("managementClients", present.arrayNode().add(api))));

            fine.master()
                    .put(plan, Map.of("credits", Map.of("service", "5/month")))
                    .expect(200);
            manager.put(plan, Map.of("credits", Map.of("service", "6/month"))).expect(200);
        }
    }

    private static void assertSameForClients(Function<String, Answer> request) {
        Answer hidden = request.apply("service");
        Answer missing = request.apply("missing");
        assertTrue(hidden.status() >= 400, hidden::toString);
        assertEquals(
                missing.status() + " " + missing.text(),
                hidden.status() + " " + hidden.text().replace("service", "missing"));
    }
}
