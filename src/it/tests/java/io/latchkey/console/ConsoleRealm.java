package io.latchkey.console;

import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.ExportedKey;
import io.latchkey.it.RealmFixture;
import io.latchkey.it.RealmSetup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A realm whose consoles have our theme, with an administrator {@code boss} of its own. */
final class ConsoleRealm implements AutoCloseable {

    static final String BOSS = "boss";

    private final RealmFixture realm;

    private ConsoleRealm(RealmFixture realm) {
        this.realm = realm;
    }

    static ConsoleRealm create(Map<String, String> policy) {
        ConsoleRealm themed = stock(policy);
        themed.set(Map.of("accountTheme", "api-keys", "adminTheme", "api-keys"));
        return themed;
    }

    /** The same without a theme. */
    static ConsoleRealm stock(Map<String, String> policy) {
        ConsoleRealm stock = new ConsoleRealm(RealmFixture.create(policy));
        stock.administrator(BOSS, "realm-admin");
        return stock;
    }

    /** Somebody with roles of the realm's management; answers with the id. */
    String administrator(String username, String... roles) {
        String id = realm.user(username);
        new RealmSetup(realm).give(id, "realm-management", roles);
        return id;
    }

    void set(Map<String, Object> settings) {
        realm.master().put("/admin/realms/" + realm.name(), settings).expect(204);
    }

    RealmFixture fixture() {
        return realm;
    }

    String name() {
        return realm.name();
    }

    /** A key made by an administrator. */
    Answer key(String owner, String name) {
        return realm.master()
                .post(realm.adminKeys(), Map.of("name", name, "owner", Map.of("name", owner)))
                .expect(201);
    }

    /** That many keys, {@code name-1} and so on, each older than the next; as another installation exports them, at once. */
    void keys(String owner, String name, int count) {
        Instant now = Instant.now();
        List<Map<String, Object>> keys = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            keys.add(ExportedKey.of(owner, name + "-" + i, now.minusSeconds(count - i + 1)));
        }
        realm.master().post(realm.adminKeys() + "/import", Map.of("keys", keys)).expect(200);
    }

    /** Ends every session of somebody, as an administrator would. */
    void signOut(String userId) {
        realm.master()
                .send("POST", realm.admin("/users/" + userId + "/logout"), "application/json", "{}")
                .expect(204);
    }

    /** How many keys a search finds. */
    int count(String search) {
        return realm.master()
                .get(realm.adminKeys() + "/count?q=" + search)
                .expect(200)
                .json()
                .path("count")
                .asInt();
    }

    /** Whether the only key that a search finds is known to have been used. */
    boolean used(String search) {
        return !realm.master()
                .get(realm.adminKeys() + "?q=" + search)
                .expect(200)
                .json()
                .at("/0/lastUsedAt")
                .isNull();
    }

    @Override
    public void close() {
        realm.close();
    }
}
