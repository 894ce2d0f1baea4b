package io.latchkey.bench;

import java.util.List;

/** The doors where a use may be limited and has to be paid, each with a key that it has seen before; every call is settled at once. */
final class MeteredDoors {

    static final String VERIFY = "metered-verify";
    static final String VERIFY_ANEW = "metered-verify-anew";
    static final String FORWARD_AUTH = "metered-forward-auth";

    private static final String VALID = "\"remaining\":";

    private final BenchRealm realm;
    private final String key;

    /** @param realm with limits that nobody reaches, and credits that nobody uses up */
    MeteredDoors(BenchRealm realm, String key) {
        this.realm = realm;
        this.key = key;
    }

    List<Scenario> all() {
        HttpCall verify = HttpCall.json(realm.path("/api-keys/verify"), "{\"key\":\"" + key + "\",\"settle\":true}")
                .with("Authorization", BenchRealm.basic());
        HttpCall forwardAuth = HttpCall.get(realm.path("/api-keys/forward-auth?settle=true&audience=" + BenchRealm.API))
                .with("X-API-Key", key);
        return List.of(
                Scenario.of(VERIFY, "verify, limited and paid", verify.expecting(200, VALID)),
                Scenario.of(
                        VERIFY_ANEW,
                        "verify, decided each time, limited and paid",
                        verify.with("Cache-Control", "max-age=0").expecting(200, VALID)),
                Scenario.of(FORWARD_AUTH, "forward-auth with an audience, limited and paid", forwardAuth));
    }
}
