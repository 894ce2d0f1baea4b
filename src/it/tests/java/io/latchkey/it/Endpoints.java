package io.latchkey.it;

import io.latchkey.it.ApiClient.Answer;
import java.util.List;
import java.util.Map;

/** The doors that a key is used at again and again, and that remember it for that. */
final class Endpoints {

    private Endpoints() {}

    /** Whether a key is accepted; each door has to say the same, and again when it is asked again. */
    static boolean open(RealmFixture realm, Answer key) {
        boolean opens = verify(realm, key);
        for (int i = 0; i < 3; i++) {
            List<Boolean> others = List.of(
                    verify(realm, key),
                    accepted(realm.anyone().with("X-API-Key", key.text("key")).get(realm.keys() + "/forward-auth")),
                    accepted(realm.exchange(key.text("key"))));
            if (others.contains(!opens)) {
                throw new AssertionError("verify said " + opens + ", verify, forward-auth and exchange say " + others);
            }
        }
        return opens;
    }

    static boolean verify(RealmFixture realm, Answer key) {
        Answer verdict = new ApiCalls(realm).verify("service", Map.of("key", key.text("key")));
        return verdict.expect(200).json().path("valid").asBoolean();
    }

    /** A server in trouble must not pass for one that refuses. */
    private static boolean accepted(Answer answer) {
        if (answer.status() >= 500) {
            throw new AssertionError(answer.toString());
        }
        return answer.status() == 200;
    }
}
