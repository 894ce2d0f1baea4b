package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls that limits would allow and something else refuses: they cost nothing. */
class RefusedCallsIT {

    private static final int LIMIT = 3;

    private static RealmFixture realm;
    private static int numbers;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of(
                "latchkey.keycloak-rest", "true",
                "latchkey.rate-limit", LIMIT + "/h",
                "latchkey.owner-rate-limit", LIMIT + "/h"));
    }

    @Test
    void aGatewayThatAsksForAnAudienceNobodyGives() {
        ApiClient holder = holder();

        for (int i = 0; i < 3 * LIMIT; i++) {
            Answer refused = holder.get(realm.keys() + "/forward-auth?audience=service");
            assertEquals(403, refused.status(), refused::toString);
            assertTrue(refused.header("RateLimit").startsWith("\"key\";r=3;t=0, \"owner\";r=3;"), refused::toString);
        }

        assertAllIsLeft(holder);
    }

    @Test
    void aTokenWithAScopeThatIsNotThere() {
        ApiClient holder = holder();

        for (int i = 0; i < 3 * LIMIT; i++) {
            Answer refused =
                    holder.form(realm.token(), Map.of("grant_type", RealmFixture.GRANT, "scope", "no-such-scope"));
            assertEquals("invalid_scope", refused.expect(400).text("error"));
            assertTrue(refused.header("RateLimit").startsWith("\"key\";r=3;"), refused::toString);
        }

        assertAllIsLeft(holder);
    }

    @Test
    void aReplacementThatCannotBeUnderstood() {
        ApiClient holder = holder();

        for (int i = 0; i < 3 * LIMIT; i++) {
            Answer refused = holder.post(realm.keys() + "/self/rotate", Map.of("gracePeriod", "long"));
            assertTrue(refused.expect(400).header("RateLimit").startsWith("\"key\";r=3;"), refused::toString);
        }

        assertAllIsLeft(holder);
    }

    private static void assertAllIsLeft(ApiClient holder) {
        for (int i = 0; i < LIMIT; i++) {
            holder.get(realm.keys() + "/forward-auth").expect(200);
        }
        holder.get(realm.keys() + "/forward-auth").expect(429);
    }

    private static ApiClient holder() {
        String name = "user-" + ++numbers;
        realm.user(name);
        return realm.anyone().with("X-API-Key", realm.createKey(name, "key").text("key"));
    }
}
