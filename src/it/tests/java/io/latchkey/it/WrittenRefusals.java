package io.latchkey.it;

import io.latchkey.it.ApiClient.Answer;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Waits until a node has written the events of all keys that it has refused so far. A node writes them in order, so the event of one
 * more refused key, of a realm kept for that, comes after them.
 */
final class WrittenRefusals {

    private static final Map<String, RealmFixture> MARKS = new ConcurrentHashMap<>();

    private WrittenRefusals() {}

    /** @param node the node that has refused keys */
    static void await(RealmFixture node) {
        RealmFixture marks = MARKS.compute(
                node.base(),
                (base, known) -> known != null && isThere(known) ? known : RealmFixture.create(base, Map.of()));
        Map<String, ?> draft = Map.of(
                "name", UUID.randomUUID().toString(),
                "enabled", false,
                "owner", Map.of("type", "service-account", "name", "service"));
        Answer key = marks.master().post(marks.adminKeys(), draft).expect(201);
        marks.introspect(key.text("key")).expect(200);
        Eventually.expect(() -> marks.master()
                .get(marks.admin("/events?max=10"))
                .expect(200)
                .text()
                .contains(key.text("id")));
        marks.master().delete(marks.adminKeys() + "/" + key.text("id")).expect(204);
    }

    private static boolean isThere(RealmFixture realm) {
        return realm.master().get(realm.admin("")).status() == 200;
    }
}
