package io.latchkey.bench;

import java.util.List;

/**
 * A target: requests per second of an endpoint as a multiple of a Keycloak endpoint, or of another endpoint, in the same round.
 *
 * @param factor the least number of requests of the endpoint for one request of the baseline
 */
record Promise(String endpoint, String baseline, double factor) {

    static final List<Promise> ALL = List.of(
            new Promise(EndpointScenarios.VERIFY, Baselines.REALM, 1.2),
            new Promise(EndpointScenarios.FORWARD_AUTH, Baselines.REALM, 1.2),
            new Promise(EndpointScenarios.FORWARD_AUTH_AUDIENCE, Baselines.REALM, 1.2),
            new Promise(EndpointScenarios.VERIFY_MANY, Baselines.REALM, 1.3),
            new Promise(EndpointScenarios.FORWARD_AUTH_MANY, Baselines.REALM, 1.3),
            new Promise(EndpointScenarios.INTROSPECTION, Baselines.JWT_INTROSPECTION, 1.5),
            new Promise(EndpointScenarios.EXCHANGE, Baselines.CLIENT_CREDENTIALS, 8),
            new Promise(EndpointScenarios.FRESH_TOKEN, Baselines.CLIENT_CREDENTIALS_AGAIN, 1.1),
            new Promise(LimitedEndpointScenarios.VERIFY, EndpointScenarios.VERIFY, 0.9),
            new Promise(LimitedEndpointScenarios.VERIFY_UNCACHED, EndpointScenarios.VERIFY_UNCACHED, 0.9),
            new Promise(LimitedEndpointScenarios.FORWARD_AUTH, EndpointScenarios.FORWARD_AUTH_AUDIENCE, 0.9));

    /** Endpoints that run no SQL once warm. */
    static final List<String> WITHOUT_SQL = List.of(
            EndpointScenarios.VERIFY,
            EndpointScenarios.VERIFY_UNCACHED,
            EndpointScenarios.FORWARD_AUTH,
            EndpointScenarios.FORWARD_AUTH_AUDIENCE,
            EndpointScenarios.HOT_KEY,
            EndpointScenarios.VERIFY_MANY,
            EndpointScenarios.FORWARD_AUTH_MANY,
            EndpointScenarios.INTROSPECTION,
            EndpointScenarios.EXCHANGE,
            LimitedEndpointScenarios.VERIFY,
            LimitedEndpointScenarios.VERIFY_UNCACHED,
            LimitedEndpointScenarios.FORWARD_AUTH,
            EndpointScenarios.MISTYPED_AT_VERIFY,
            EndpointScenarios.MISTYPED_AT_FORWARD_AUTH);

    /** The server writes last uses and cluster membership from time to time. */
    static final double NO_SQL = 0.01;
}
