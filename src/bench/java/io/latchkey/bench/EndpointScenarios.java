package io.latchkey.bench;

import java.util.List;
import java.util.stream.Stream;

/** Lists requests to the project's endpoints, with a key that the server has cached unless said otherwise. */
final class EndpointScenarios {

    static final String VERIFY = "verify";
    static final String VERIFY_UNCACHED = "verify-uncached";
    static final String FORWARD_AUTH = "forward-auth";
    static final String FORWARD_AUTH_AUDIENCE = "forward-auth-audience";
    static final String INTROSPECTION = "introspection";
    static final String EXCHANGE = "exchange";
    static final String FRESH_TOKEN = "fresh-token";
    static final String HOT_KEY = "hot-key";
    static final String MISTYPED_AT_VERIFY = "mistyped-verify";
    static final String MISTYPED_AT_FORWARD_AUTH = "mistyped-forward-auth";
    static final String SELF = "self";
    static final String USERINFO = "userinfo";
    static final String VERIFY_MANY = "verify-many";
    static final String FORWARD_AUTH_MANY = "forward-auth-many";

    private static final int MANY = 64;
    private static final String HEADER = "X-API-Key";
    private static final String VALID = "\"valid\":true";
    private static final String INVALID = "\"valid\":false";

    private final BenchRealm realm;
    private final String key;

    /** @param key of alice, without restrictions */
    EndpointScenarios(BenchRealm realm, String key) {
        this.realm = realm;
        this.key = key;
    }

    List<Scenario> all() {
        return Stream.of(ofApis(), ofHolders(), ofMistypedKeys())
                .flatMap(List::stream)
                .toList();
    }

    private List<Scenario> ofApis() {
        HttpCall verify = verify(realm, key).expecting(200, VALID);
        return List.of(
                Scenario.of(VERIFY, "verify", verify),
                Scenario.of(VERIFY_UNCACHED, "verify, decided each time", uncached(verify)),
                Scenario.of(FORWARD_AUTH, "forward-auth", forwardAuth("", key)),
                Scenario.of(
                        FORWARD_AUTH_AUDIENCE,
                        "forward-auth with an audience",
                        forwardAuth("?audience=" + BenchRealm.API, key)),
                Scenario.of(HOT_KEY, "verify, " + MANY + " connections", verify).at(MANY),
                Scenario.of(INTROSPECTION, "introspection of a key", introspection()));
    }

    private List<Scenario> ofHolders() {
        return List.of(
                Scenario.of(EXCHANGE, "exchange of one key, again and again", exchange()),
                Scenario.of(
                        SELF,
                        "`GET /self`",
                        HttpCall.get(realm.path("/api-keys/self")).with(HEADER, key)),
                Scenario.of(
                        USERINFO,
                        "Keycloak's userinfo with a key",
                        HttpCall.get(realm.path("/protocol/openid-connect/userinfo"))
                                .with(HEADER, key)
                                .expecting(200, "alice")));
    }

    private List<Scenario> ofMistypedKeys() {
        return List.of(
                Scenario.of(
                        MISTYPED_AT_VERIFY,
                        "verify, mistyped key",
                        verify(realm, mistyped()).expecting(200, INVALID)),
                Scenario.of(
                        MISTYPED_AT_FORWARD_AUTH,
                        "forward-auth, mistyped key",
                        forwardAuth("", mistyped()).expecting(401, "")));
    }

    /** With many keys in place of one. */
    List<Scenario> of(DrawnKeys keys) {
        return List.of(
                Scenario.of(
                        VERIFY_MANY,
                        "verify, " + DrawnKeys.TITLE,
                        verify(realm, "{key}").expecting(200, VALID).with(keys)),
                Scenario.of(
                        FORWARD_AUTH_MANY,
                        "forward-auth, " + DrawnKeys.TITLE,
                        forwardAuth("", "{key}").with(keys)));
    }

    /** For a server without the token cache. */
    Scenario freshToken() {
        return Scenario.of(FRESH_TOKEN, "exchange, a fresh token each time", exchange());
    }

    /** A verification by the API that received the key. */
    static HttpCall verify(BenchRealm realm, String key) {
        return HttpCall.json(realm.path("/api-keys/verify"), "{\"key\":\"" + key + "\"}")
                .with("Authorization", BenchRealm.basic());
    }

    /** The same without the response cache. */
    static HttpCall uncached(HttpCall verify) {
        return verify.with("Cache-Control", "max-age=0");
    }

    private HttpCall forwardAuth(String query, String sent) {
        return HttpCall.get(realm.path("/api-keys/forward-auth" + query)).with(HEADER, sent);
    }

    private HttpCall introspection() {
        return HttpCall.form(realm.path("/protocol/openid-connect/token/introspect"), "token=" + key)
                .with("Authorization", BenchRealm.basic())
                .expecting(200, "\"active\":true");
    }

    private HttpCall exchange() {
        return HttpCall.form(
                        realm.path("/protocol/openid-connect/token"),
                        "grant_type=urn:latchkey:oauth:grant-type:api-key")
                .with(HEADER, key)
                .expecting(200, "access_token");
    }

    private String mistyped() {
        int at = key.length() - 10;
        return key.substring(0, at) + (key.charAt(at) == 'x' ? 'y' : 'x') + key.substring(at + 1);
    }
}
