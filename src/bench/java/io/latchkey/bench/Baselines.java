package io.latchkey.bench;

import java.util.List;

/** Lists requests to Keycloak's own endpoints, to which the others are compared. */
final class Baselines {

    /** Keycloak's cheapest response: the realm's public key. */
    static final String REALM = "realm";

    /** A signed token for a confidential client. */
    static final String CLIENT_CREDENTIALS = "client-credentials";

    /** The same on the server without the token cache. */
    static final String CLIENT_CREDENTIALS_AGAIN = "client-credentials-again";

    /** Introspection of a user's access token. */
    static final String JWT_INTROSPECTION = "jwt-introspection";

    static final List<String> ALL = List.of(REALM, CLIENT_CREDENTIALS, JWT_INTROSPECTION);

    private Baselines() {}

    static List<Scenario> of(BenchRealm realm) {
        return List.of(
                Scenario.of(
                        REALM,
                        "`GET /realms/{realm}`",
                        HttpCall.get(realm.path("")).expecting(200, "public_key")),
                clientCredentials(realm, CLIENT_CREDENTIALS, "`client_credentials` grant (RS256)"),
                new Scenario(
                        JWT_INTROSPECTION,
                        "introspection of a JWT",
                        () -> HttpCall.form(
                                        realm.path("/protocol/openid-connect/token/introspect"),
                                        "token=" + realm.loginToken())
                                .with("Authorization", BenchRealm.basic())
                                .expecting(200, "\"active\":true"),
                        0));
    }

    static Scenario clientCredentials(BenchRealm realm, String id, String title) {
        return Scenario.of(
                id,
                title,
                HttpCall.form(realm.path("/protocol/openid-connect/token"), "grant_type=client_credentials")
                        .with("Authorization", BenchRealm.basic())
                        .expecting(200, "access_token"));
    }

    /** Returns the id under which the baseline ran on the same server as the scenario; only one ran on the server without the token cache. */
    static String sameServer(String scenario, String baseline) {
        boolean fresh = scenario.equals(EndpointScenarios.FRESH_TOKEN) || scenario.equals(CLIENT_CREDENTIALS_AGAIN);
        return !fresh ? baseline : baseline.equals(CLIENT_CREDENTIALS) ? CLIENT_CREDENTIALS_AGAIN : "none";
    }
}
