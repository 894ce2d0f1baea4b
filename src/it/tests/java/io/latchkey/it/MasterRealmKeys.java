package io.latchkey.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Keys of the server's administrator for a while; closing it leaves the master realm as it was. */
final class MasterRealmKeys implements AutoCloseable {

    private static final String POLICY = "/admin/realms/master/api-keys/policy";

    private final RealmFixture realm;
    private final JsonNode before;
    private final String client = "keys-" + UUID.randomUUID().toString().substring(0, 8);
    private final String clientPath;

    private MasterRealmKeys(RealmFixture realm) {
        this.realm = realm;
        this.before = realm.master().get(POLICY).expect(200).json();
        this.clientPath = realm.master()
                .post("/admin/realms/master/clients", Map.of("clientId", client, "publicClient", true))
                .expect(201)
                .header("Location")
                .substring(LatchkeyServer.url().length());
    }

    static MasterRealmKeys on(RealmFixture realm) {
        MasterRealmKeys keys = new MasterRealmKeys(realm);
        realm.master()
                .put(POLICY, Map.of("client", keys.client, "keycloakRest", true))
                .expect(200);
        return keys;
    }

    String key(List<String> audiences) {
        return realm.master()
                .post(
                        "/admin/realms/master/api-keys",
                        Map.of(
                                "name",
                                client + " " + audiences.size(),
                                "owner",
                                Map.of("type", "user", "name", "admin"),
                                "audiences",
                                audiences))
                .expect(201)
                .text("key");
    }

    @Override
    public void close() {
        realm.master().post("/admin/realms/master/api-keys/revoke", Map.of("q", client));
        realm.master().put(POLICY, before).expect(200);
        realm.master().delete(clientPath).expect(204);
    }
}
