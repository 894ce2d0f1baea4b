package io.latchkey.it;

import io.latchkey.it.ApiClient.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * A way to use a key, and how its answers are told apart.
 *
 * @param use sends a key through the door
 * @param accepted whether an answer means yes
 * @param status of every answer that means no
 * @param elsewhere reasons of other doors that mean nothing here
 */
record Endpoint(
        String name,
        BiFunction<RealmFixture, String, Answer> use,
        Predicate<Answer> accepted,
        int status,
        Set<String> elsewhere) {

    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String KEY_TYPE = "urn:latchkey:oauth:token-type:api-key";
    private static final Set<String> LOGIN_ONLY = Set.of("restricted", "owner_cannot_sign_in");
    // Every introspecting and verifying client may use any key that names no API.
    private static final Map<String, String> SERVICE =
            Map.of("client_id", "service", "client_secret", RealmFixture.SECRET);

    /** Makes a realm where each of them takes keys, if the policy lets it. */
    static void openAll(RealmFixture realm) {
        new RealmSetup(realm)
                .client("service", Map.of("attributes", Map.of("standard.token.exchange.enabled", "true")));
        Flows flows = new Flows(realm);
        flows.client("strict", "direct_grant", flows.flow("strict", List.of(Flows.Step.required(Flows.KEY))));
    }

    static final List<Endpoint> ALL = List.of(
            token("token endpoint, header", (realm, key) -> realm.exchange(key)),
            token(
                    "token endpoint, form",
                    (realm, key) -> realm.anyone()
                            .form(realm.token(), Map.of("grant_type", RealmFixture.GRANT, "api_key", key))),
            token(
                    "token exchange",
                    (realm, key) -> realm.anyone()
                            .form(
                                    realm.token(),
                                    Map.of(
                                            "grant_type", EXCHANGE,
                                            "subject_token", key,
                                            "subject_token_type", KEY_TYPE,
                                            "client_id", "service",
                                            "client_secret", RealmFixture.SECRET))),
            new Endpoint(
                    "direct-grant flow",
                    (realm, key) -> realm.anyone()
                            .with("X-API-Key", key)
                            .form(realm.token(), Map.of("grant_type", "password", "client_id", "strict")),
                    answer -> answer.status() == 200,
                    401,
                    Set.of()),
            introspection("introspection, with hint", Map.of("token_type_hint", "api_key")),
            introspection("introspection, without hint", Map.of()),
            new Endpoint(
                    "verify",
                    (realm, key) -> realm.client("service").post(realm.keys() + "/verify", Map.of("key", key)),
                    answer -> answer.json().path("valid").asBoolean(),
                    200,
                    LOGIN_ONLY),
            challenge("forward-auth", "GET", "/forward-auth", ""),
            challenge("self", "GET", "/self", ""),
            challenge("self, rotate", "POST", "/self/rotate", ""),
            challenge("self, delete", "DELETE", "/self", ""),
            new Endpoint(
                    "userinfo",
                    (realm, key) -> realm.anyone()
                            .with("X-API-Key", key)
                            .get("/realms/" + realm.name() + "/protocol/openid-connect/userinfo"),
                    answer -> answer.status() == 200,
                    401,
                    LOGIN_ONLY));

    /** Whether the key is in a header, where HTTP has no line ends. */
    boolean inHeader() {
        return !(name.contains("form")
                || name.equals("token exchange")
                || name.startsWith("introspection")
                || name.equals("verify"));
    }

    private static Endpoint token(String name, BiFunction<RealmFixture, String, Answer> use) {
        return new Endpoint(name, use, answer -> answer.status() == 200, 400, LOGIN_ONLY);
    }

    private static Endpoint introspection(String name, Map<String, String> more) {
        return new Endpoint(
                name,
                (realm, key) -> {
                    Map<String, String> form = new LinkedHashMap<>(SERVICE);
                    form.putAll(more);
                    form.put("token", key);
                    return realm.anyone().form(realm.token() + "/introspect", form);
                },
                answer -> answer.json().path("active").asBoolean(),
                200,
                LOGIN_ONLY);
    }

    private static Endpoint challenge(String name, String method, String path, String body) {
        return new Endpoint(
                name,
                (realm, key) -> realm.anyone()
                        .with("X-API-Key", key)
                        .send(method, realm.keys() + path, null, body.isEmpty() ? null : body),
                answer -> answer.status() < 300,
                401,
                LOGIN_ONLY);
    }

    @Override
    public String toString() {
        return name;
    }
}
