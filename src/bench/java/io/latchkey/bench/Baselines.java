package io.latchkey.bench;

import java.util.List;

/** Keycloak's own endpoints, which no line of this project is part of. */
final class Baselines {

    /** The cheapest answer Keycloak has: the realm's public key. */
    static final String REALM = "realm";

    /** A signed token for a confidential client. */
    static final String CLIENT_CREDENTIALS = "client-credentials";

    /** The same on the server that makes fresh tokens. */
    static final String CLIENT_CREDENTIALS_AGAIN = "client-credentials-again";

    /** The access token of somebody signed in. */
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

    /** The id of that baseline as it ran between the rounds of that door; only one ran beside fresh tokens. */
    static String attachments(String door, String baseline) {
        boolean fresh = door.equals(EndpointScenarios.FRESH_TOKEN) || door.equals(CLIENT_CREDENTIALS_AGAIN);
        return !fresh ? baseline : baseline.equals(CLIENT_CREDENTIALS) ? CLIENT_CREDENTIALS_AGAIN : "none";
    }
}
