package io.latchkey.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.cluster.SharedRealm.Owner;
import io.latchkey.it.AccessTokens;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.Eventually;
import io.latchkey.it.RealmFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node hands out a token again, but not for longer than a second once the other node has changed what it says. */
@ExtendWith(ClusterExtension.class)
class KeptTokensIT {

    private static final Duration LONGEST = Duration.ofSeconds(1);
    // A token is kept for ten seconds at most, and a loaded machine may take a while between two requests.
    private static final int TRIES = 20;

    private static SharedRealm realm;

    @BeforeAll
    static void createRealm(Cluster cluster) {
        realm = SharedRealm.create(cluster);
        realm.narrowClient();
        realm.setup().audience("app", "service");
        realm.setup().audience("app", SharedRealm.API);
    }

    @AfterAll
    static void deleteRealm() {
        if (realm != null) {
            realm.close();
        }
    }

    @Test
    void theKeyHasLostAScope() {
        Answer key = realm.key(realm.newReader(), Map.of("scopes", List.of("reports", "invoices")));

        assertReplaced(
                key,
                SharedRealm.NARROW,
                token -> scopes(token).contains("reports"),
                () -> edit(key, Map.of("scopes", List.of("invoices"))));
    }

    @Test
    void theKeyHasLostAnAudience() {
        Answer key = realm.key(realm.owner(), Map.of("audiences", List.of("service", SharedRealm.API)));

        assertReplaced(
                key,
                "app",
                token -> token.path("aud").toString().contains("\"service\""),
                () -> edit(key, Map.of("audiences", List.of(SharedRealm.API))));
    }

    @Test
    void theKeyEndsSooner() {
        Answer key = realm.key(realm.owner(), Map.of());
        Instant end = Instant.now().plusSeconds(60);

        assertReplaced(
                key,
                "app",
                token -> token.path("exp").asLong() > end.getEpochSecond(),
                () -> edit(key, Map.of("expiresAt", end.toString())));
    }

    @Test
    void theOwnerHasLostARole() {
        Owner reader = realm.newReader();
        Answer key = realm.key(reader, Map.of());

        assertReplaced(
                key,
                "app",
                token -> token.at("/realm_access/roles").toString().contains("\"reader\""),
                () -> realm.setup().withdrawRole(reader.id(), "reader"));
    }

    /** @param before what is true of a token until then */
    private static void assertReplaced(Answer key, String client, Predicate<JsonNode> before, Runnable change) {
        JsonNode kept = kept(key, client);
        assertTrue(before.test(kept), kept::toString);

        change.run();

        Duration took = Eventually.within(LONGEST, () -> !before.test(token(key, client)));
        System.out.println("another token after " + took.toMillis() + " ms");
    }

    /** The claims of a token that was handed out twice. */
    private static JsonNode kept(Answer key, String client) {
        for (int i = 0; i < TRIES; i++) {
            JsonNode token = token(key, client);
            if (token.equals(token(key, client))) {
                return token;
            }
        }
        throw new AssertionError("No token was handed out twice");
    }

    private static JsonNode token(Answer key, String client) {
        return AccessTokens.claims(realm.b()
                .exchange(key.text("key"), Map.of("client_id", client, "client_secret", RealmFixture.SECRET))
                .expect(200));
    }

    private static List<String> scopes(JsonNode token) {
        return List.of(token.path("scope").asText().split(" "));
    }

    private static void edit(Answer key, Map<String, ?> changes) {
        realm.a()
                .master()
                .patch(realm.a().adminKeys() + "/" + key.text("id"), changes)
                .expect(200);
    }
}
