package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a gateway may ask without a use, and that nothing passes it unpaid. */
@NeedsCredits
class PaidForwardAuthIT {

    private static final String QUESTION = "?audience=rest&dryRun=true";
    private static final String USE = "?audience=rest&cost=1&settle=true";

    private PaidRealm paid;
    private RealmFixture realm;
    private String id;
    private String key;

    @BeforeEach
    void createRealm() {
        paid = PaidRealm.create();
        realm = paid.realm();
        realm.user("alice");
        Answer created = realm.createKey("alice", "paid");
        id = created.text("id");
        key = created.text("key");
        paid.allow("alice", "rest", 10, "month").expect(200);
    }

    private Answer ask(String query) {
        return paid.forwardAuth(key, query, Map.of());
    }

    @Test
    void aQuestionIsNoUseAndTakesNothingFromLimits() {
        realm.policy(Map.of("rateLimit", "1/d burst 2"));

        for (int i = 0; i < 5; i++) {
            Answer answer = ask(QUESTION).expect(200);
            assertTrue(answer.header("RateLimit").startsWith("\"key\";r=2;"));
            assertEquals("", answer.header("Authorization"), "for nothing");
        }
        ask(USE).expect(200);
        ask(USE).expect(200);
        ask(QUESTION).expect(429);
        ask(USE).expect(429);

        Eventually.expect(() -> uses() == 2);
        assertEquals(2, uses());
    }

    private int uses() {
        return realm.signedIn("alice")
                .get(realm.keys() + "/" + id)
                .expect(200)
                .json()
                .path("uses")
                .asInt();
    }

    /** Otherwise whoever asks often enough makes limits forget what was used. */
    @Test
    void aQuestionThatIsRefusedGivesNothingBack() {
        realm.policy(Map.of("rateLimit", "1/d burst 3"));
        paid.setup().client("batch", Map.of("enabled", false));
        ask(USE).expect(200);
        ask(USE).expect(200);

        for (int i = 0; i < 5; i++) {
            ask("?audience=batch&dryRun=true").expect(403);
        }

        assertTrue(ask(QUESTION).header("RateLimit").startsWith("\"key\";r=1;"));
    }

    /** Nobody could be charged there. */
    @Test
    void anApiThatIsSwitchedOffIsServedToNobody() {
        Answer token = realm.passwordToken("alice").expect(200);
        ApiClient bearer = realm.anyone().as(token.text("access_token"));
        bearer.get(realm.keys() + "/forward-auth" + USE).expect(200);
        bearer.get(realm.keys() + "/forward-auth?audience=batch&dryRun=true").expect(429);

        paid.setup().client("rest", Map.of("enabled", false));

        ask(USE).expect(403);
        Answer refused = bearer.get(realm.keys() + "/forward-auth" + USE).expect(403);
        assertTrue(refused.text("detail").contains("not available"), refused::text);
    }

    @Test
    void aSlipInAFlagDoesNotMakeEveryCallFree() {
        for (String slip : List.of("settle=yes", "settle", "dryRun=1", "settle=true&settle=false")) {
            ask("?audience=rest&cost=1&" + slip).expect(403);
        }
        ask("?audience=rest&cost=1&settle=false&dryRun=false").expect(200);
    }

    /** Keycloak takes any attribute of whoever registers a client. */
    @Test
    void aClientThatRegisteredItselfIsNoGateway() {
        Answer permission = realm.master()
                .post(realm.admin("/clients-initial-access"), Map.of("count", 1, "expiration", 60))
                .expect(201);
        String secret = "partner-secret";
        String basic = Base64.getEncoder().encodeToString(("partner:" + secret).getBytes(StandardCharsets.UTF_8));
        realm.anyone()
                .as(permission.text("token"))
                .post(
                        "/realms/" + realm.name() + "/clients-registrations/default",
                        Map.of(
                                "clientId",
                                "partner",
                                "secret",
                                secret,
                                "serviceAccountsEnabled",
                                true,
                                "attributes",
                                Map.of("latchkey.gateway", "true")))
                .expect(201);

        Answer verdict = realm.anyone()
                .with("Authorization", "Basic " + basic)
                .post(realm.keys() + "/verify", Map.of("key", key, "audience", "rest", "cost", 1, "settle", true))
                .expect(200);

        assertEquals("invalid_key", verdict.text("code"));
    }
}
