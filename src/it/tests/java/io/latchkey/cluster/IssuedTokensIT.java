package io.latchkey.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.cluster.SharedRealm.Owner;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.Eventually;
import io.latchkey.it.RealmFixture;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A token that one node made from a key is refused by the other one within a second once the key would be. */
@ExtendWith(ClusterExtension.class)
class IssuedTokensIT {

    private static final Duration LONGEST = Duration.ofSeconds(1);

    private static SharedRealm realm;

    @BeforeAll
    static void createRealm(Cluster cluster) {
        realm = SharedRealm.create(cluster);
        realm.setup().audience("app", "service");
        realm.narrowClient();
    }

    @AfterAll
    static void deleteRealm() {
        if (realm != null) {
            realm.close();
        }
    }

    @Test
    void itsKeyIsRevoked() {
        Answer key = realm.key(realm.owner(), Map.of());

        assertRefused(key, () -> realm.a().master().delete(path(key)).expect(204));
    }

    @Test
    void itsKeyIsDisabled() {
        Answer key = realm.key(realm.owner(), Map.of());

        assertRefused(
                key,
                () -> realm.a()
                        .master()
                        .patch(path(key), Map.of("enabled", false))
                        .expect(200));
    }

    @Test
    void itsKeyIsReplacedAtOnce() {
        Answer key = realm.key(realm.owner(), Map.of());

        assertRefused(
                key,
                () -> realm.a()
                        .master()
                        .post(path(key) + "/rotate", Map.of("gracePeriod", "PT0S"))
                        .expect(201));
    }

    @Test
    void itsOwnerIsDisabled() {
        Owner owner = realm.owner();

        assertRefused(realm.key(owner, Map.of()), () -> realm.setup().user(owner.id(), Map.of("enabled", false)));
    }

    @Test
    void itsOwnerHasLostTheRoleOfAScope() {
        Owner reader = realm.newReader();
        Answer key = realm.key(reader, Map.of("scopes", List.of("reports", "invoices")));
        Map<String, String> narrow = Map.of("client_id", SharedRealm.NARROW, "client_secret", RealmFixture.SECRET);
        String token = token(key, narrow);
        assertTrue(shown(token, narrow).path("scope").asText().contains("reports"));

        realm.setup().withdrawRole(reader.id(), "reader");

        Eventually.within(LONGEST, () -> !shown(token, narrow).path("active").asBoolean());
    }

    @Test
    void itsOwnerHasLostARole() {
        Owner reader = realm.newReader();
        String token = token(realm.key(reader, Map.of()), Map.of());
        assertTrue(realm.b().introspect(token).text().contains("\"reader\""));

        realm.setup().withdrawRole(reader.id(), "reader");

        Eventually.within(LONGEST, () -> !realm.b().introspect(token).text().contains("\"reader\""));
    }

    /** What the other node shows to the client that the token was made for. */
    private static JsonNode shown(String token, Map<String, String> client) {
        Map<String, String> form = new LinkedHashMap<>(client);
        form.put("token", token);
        return realm.b()
                .anyone()
                .form(realm.b().token() + "/introspect", form)
                .expect(200)
                .json();
    }

    private static void assertRefused(Answer key, Runnable change) {
        String token = token(key, Map.of("scope", "openid"));
        for (int i = 0; i < 2; i++) {
            assertEquals(List.of("200", "true"), doors(token));
        }

        change.run();

        Duration took = Eventually.within(LONGEST, () -> List.of("401", "false").equals(doors(token)));
        System.out.println("refused after " + took.toMillis() + " ms");
    }

    private static String token(Answer key, Map<String, String> wish) {
        return realm.a().exchange(key.text("key"), wish).expect(200).text("access_token");
    }

    /** Userinfo and introspection of the other node. */
    private static List<String> doors(String token) {
        return List.of(
                "" + userinfo(token).status(), realm.b().introspect(token).text("active"));
    }

    private static Answer userinfo(String token) {
        RealmFixture other = realm.b();
        return other.anyone().as(token).get("/realms/" + other.name() + "/protocol/openid-connect/userinfo");
    }

    private static String path(Answer key) {
        return realm.a().adminKeys() + "/" + key.text("id");
    }
}
