package io.latchkey.bench;

import java.util.List;

/**
 * Lists requests to endpoints that limit and charge, with a cached key. Every call is to be settled at
 * once; a realm that charges nothing is sent the very same requests.
 */
final class LimitedEndpointScenarios {

    static final String VERIFY = "metered-verify";
    static final String VERIFY_UNCACHED = "metered-verify-uncached";
    static final String FORWARD_AUTH = "metered-forward-auth";

    private static final String CHARGED = "\"remaining\":";
    private static final String UNCHARGED = "\"credits\":null";

    private final BenchRealm realm;
    private final String key;

    /** @param realm whose limits and credits, if any, are never used up */
    LimitedEndpointScenarios(BenchRealm realm, String key) {
        this.realm = realm;
        this.key = key;
    }

    /** Where calls are limited and charged. */
    List<Scenario> all() {
        return List.of(
                Scenario.of(VERIFY, "verify, limited and paid", verify().expecting(200, CHARGED)),
                Scenario.of(
                        VERIFY_UNCACHED,
                        "verify, decided each time, limited and paid",
                        EndpointScenarios.uncached(verify()).expecting(200, CHARGED)),
                Scenario.of(FORWARD_AUTH, "forward-auth with an audience, limited and paid", forwardAuth()));
    }

    /** Where they are neither. */
    List<Scenario> free() {
        return List.of(
                Scenario.of(EndpointScenarios.VERIFY, "verify", verify().expecting(200, UNCHARGED)),
                Scenario.of(
                        EndpointScenarios.VERIFY_UNCACHED,
                        "verify, decided each time",
                        EndpointScenarios.uncached(verify()).expecting(200, UNCHARGED)),
                Scenario.of(EndpointScenarios.FORWARD_AUTH_AUDIENCE, "forward-auth with an audience", forwardAuth()));
    }

    private HttpCall verify() {
        return HttpCall.json(realm.path("/api-keys/verify"), "{\"key\":\"" + key + "\",\"settle\":true}")
                .with("Authorization", BenchRealm.basic());
    }

    private HttpCall forwardAuth() {
        return HttpCall.get(realm.path("/api-keys/forward-auth?settle=true&audience=" + BenchRealm.API))
                .with("X-API-Key", key);
    }
}
