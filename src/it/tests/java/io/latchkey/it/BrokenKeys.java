package io.latchkey.it;

import io.latchkey.it.ApiClient.Answer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Keys that cannot be used, for one reason.
 *
 * @param reason as events name it, without its prefix
 * @param known whether events know which key it was
 * @param make a new key, from a number that no other has
 * @param spoil what happens to the key afterwards
 */
record BrokenKeys(
        String reason, boolean known, Function<Integer, Broken> make, BiConsumer<RealmFixture, Broken> spoil) {

    /** @param presented what the caller sends */
    record Broken(String presented, Answer created) {
        String id() {
            return created.text("id");
        }
    }

    static List<BrokenKeys> all(RealmFixture realm, RealmSetup setup) {
        return List.of(
                new BrokenKeys("malformed", false, n -> new Broken("test_sk_not_a_key_" + n, null), (r, k) -> {}),
                new BrokenKeys("unknown", false, n -> new Broken(ForgedKey.unknown(n), null), (r, k) -> {}),
                new BrokenKeys(
                        "wrong_secret",
                        true,
                        n -> {
                            Answer key = key(realm, "alice", n, Map.of());
                            return new Broken(ForgedKey.withOtherSecret(key.text("key")), key);
                        },
                        (r, k) -> {}),
                of(
                        "revoked",
                        n -> key(realm, "alice", n, Map.of()),
                        (r, k) ->
                                r.master().delete(r.adminKeys() + "/" + k.id()).expect(204)),
                of("disabled", n -> key(realm, "alice", n, Map.of("enabled", false)), (r, k) -> {}),
                of(
                        "expired",
                        n -> key(
                                realm,
                                "alice",
                                n,
                                Map.of("expiresAt", Instant.now().plusSeconds(2).toString())),
                        (r, k) -> Eventually.expect(() -> r.master()
                                .get(r.adminKeys() + "/" + k.id())
                                .text("status")
                                .equals("expired"))),
                of(
                        "rotated_out",
                        n -> key(realm, "alice", n, Map.of()),
                        (r, k) -> r.master()
                                .post(r.adminKeys() + "/" + k.id() + "/rotate", Map.of("gracePeriod", "PT0S"))
                                .expect(201)),
                of(
                        "owner_disabled",
                        n -> key(realm, "gone", n, Map.of()),
                        (r, k) -> setup.user(k.created().json().at("/owner/id").asText(), Map.of("enabled", false))),
                of(
                        "owner_action_required",
                        n -> key(realm, "busy", n, Map.of()),
                        (r, k) -> setup.user(
                                k.created().json().at("/owner/id").asText(),
                                Map.of("requiredActions", List.of("UPDATE_PASSWORD")))),
                of("owner_mail_unverified", n -> key(realm, "newcomer", n, Map.of()), (r, k) -> {
                    setup.realm(Map.of("verifyEmail", true));
                    setup.user(k.created().json().at("/owner/id").asText(), Map.of("emailVerified", false));
                }),
                of(
                        "suspended",
                        n -> {
                            realm.user("crowd" + n);
                            return key(realm, "crowd" + n, n, Map.of());
                        },
                        // With the plan that everybody has.
                        (r, k) -> new RealmSetup(r)
                                .takeDefaults(k.created().json().at("/owner/id").asText())),
                of(
                        "client_disabled",
                        n -> robotKey(realm, "robot", n),
                        (r, k) -> setup.client("robot", Map.of("enabled", false))),
                of("owner_cannot_sign_in", n -> robotKey(realm, "service", n), (r, k) -> {}),
                of(
                        "address_not_allowed",
                        n -> key(realm, "alice", n, Map.of("allowedIps", List.of("192.0.2.0/24"))),
                        (r, k) -> {}),
                of(
                        "origin_not_allowed",
                        n -> key(realm, "alice", n, Map.of("allowedOrigins", List.of("https://app.example.org"))),
                        (r, k) -> {}),
                of(
                        "publishable",
                        n -> key(
                                realm,
                                "alice",
                                n,
                                Map.of("kind", "publishable", "allowedOrigins", List.of("https://app.example.org"))),
                        (r, k) -> {}),
                of("restricted", n -> key(realm, "alice", n, Map.of("audiences", List.of("service"))), (r, k) -> {}));
    }

    private static BrokenKeys of(
            String reason, Function<Integer, Answer> make, BiConsumer<RealmFixture, Broken> spoil) {
        return new BrokenKeys(
                reason,
                true,
                n -> {
                    Answer key = make.apply(n);
                    return new Broken(key.text("key"), key);
                },
                spoil);
    }

    private static Answer key(RealmFixture realm, String owner, int number, Map<String, ?> more) {
        return create(realm, Map.of("name", owner), number, more);
    }

    private static Answer robotKey(RealmFixture realm, String client, int number) {
        return create(realm, Map.of("type", "service-account", "name", client), number, Map.of());
    }

    private static Answer create(RealmFixture realm, Map<String, ?> owner, int number, Map<String, ?> more) {
        Map<String, Object> key = new LinkedHashMap<>(more);
        key.put("name", "key " + number);
        key.put("owner", owner);
        return realm.master().post(realm.adminKeys(), key).expect(201);
    }

    @Override
    public String toString() {
        return reason;
    }
}
