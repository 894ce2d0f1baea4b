package io.latchkey.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.RealmFixture;
import java.util.Map;
import java.util.function.BiPredicate;

/** Ways to use a key that differ in what they ask of the server. */
enum KeyEndpoint {
    VERIFY((realm, key) -> verify(realm, Map.of("key", key))),
    FORWARD_AUTH((realm, key) -> status(realm.anyone().with("X-API-Key", key).get(realm.keys() + "/forward-auth"))),
    EXCHANGE((realm, key) -> status(realm.exchange(key)));

    private final BiPredicate<RealmFixture, String> use;

    KeyEndpoint(BiPredicate<RealmFixture, String> use) {
        this.use = use;
    }

    /** Whether the key is accepted. */
    boolean opens(RealmFixture realm, String key) {
        return use.test(realm, key);
    }

    /** What the API of {@link SharedRealm} is told about a key. */
    static boolean verify(RealmFixture realm, Map<String, ?> inquiry) {
        return verify(realm, realm.anyone(), inquiry);
    }

    /** What it is told when it wants nothing that is remembered. */
    static boolean verifyAfresh(RealmFixture realm, Map<String, ?> inquiry) {
        return verify(realm, realm.anyone().with("Cache-Control", "max-age=0, no-cache"), inquiry);
    }

    private static boolean verify(RealmFixture realm, ApiClient client, Map<String, ?> inquiry) {
        return verdict(realm, client, inquiry).path("valid").asBoolean();
    }

    static JsonNode verdict(RealmFixture realm, ApiClient client, Map<String, ?> inquiry) {
        return client.basic(SharedRealm.API, RealmFixture.SECRET)
                .post(realm.keys() + "/verify", inquiry)
                .expect(200)
                .json();
    }

    /** A server in trouble must not pass for one that refuses. */
    private static boolean status(Answer answer) {
        if (answer.status() >= 500) {
            throw new AssertionError(answer.toString());
        }
        return answer.status() == 200;
    }
}
