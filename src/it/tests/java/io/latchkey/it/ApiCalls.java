package io.latchkey.it;

import io.latchkey.it.ApiClient.Answer;
import java.util.LinkedHashMap;
import java.util.Map;

/** What APIs ask about keys, each a confidential client with the secret of all clients here. */
record ApiCalls(RealmFixture realm) {

    /** A key of alice's, made by an administrator. */
    Answer key(String name, Map<String, ?> more) {
        Map<String, Object> key = new LinkedHashMap<>(more);
        key.put("name", name);
        key.put("owner", Map.of("name", "alice"));
        return realm.master().post(realm.adminKeys(), key).expect(201);
    }

    Answer introspect(String caller, String token, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>(more);
        form.put("token", token);
        return realm.client(caller).form(realm.token() + "/introspect", form);
    }

    Answer verify(String caller, Object inquiry) {
        return realm.client(caller).post(realm.keys() + "/verify", inquiry);
    }

    Answer verifyBatch(String caller, Object inquiries) {
        return realm.client(caller).post(realm.keys() + "/verify/batch", Map.of("requests", inquiries));
    }

    /** What readers of the documentation fill in. */
    Map<String, String> shell(Answer key) {
        return Map.of(
                "KEYCLOAK", LatchkeyServer.url(),
                "REALM", realm.name(),
                "CLIENT", "service",
                "SECRET", RealmFixture.SECRET,
                "KEY", key.text("key"));
    }
}
