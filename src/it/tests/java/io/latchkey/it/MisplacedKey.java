package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.latchkey.it.ApiClient.Answer;
import io.latchkey.openapi.DescribedOperation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Sends one key in every parameter, header, path segment and field of every endpoint. The key may end on the way. */
final class MisplacedKey {

    /** Beside those that an operation describes. */
    private static final List<String> HEADERS = List.of(
            "X-API-Key",
            "Accept",
            "Accept-Language",
            "Cookie",
            "If-None-Match",
            "Origin",
            "Prefer",
            "Referer",
            "User-Agent",
            "X-Forwarded-For",
            "X-Forwarded-Method",
            "X-Forwarded-Uri",
            "X-Original-URI",
            "X-Request-Id");

    private static final List<String> GRANTS = List.of(
            "password",
            "client_credentials",
            "refresh_token",
            "authorization_code",
            RealmFixture.GRANT,
            "urn:ietf:params:oauth:grant-type:token-exchange",
            "no");

    private static final List<String> FORM_FIELDS = List.of(
            "grant_type",
            "username",
            "password",
            "client_id",
            "client_secret",
            "scope",
            "audience",
            "resource",
            "redirect_uri",
            "refresh_token",
            "requested_token_type",
            "subject_token",
            "subject_token_type",
            "assertion",
            "code",
            "code_verifier",
            "token",
            "token_type_hint",
            "device_code",
            "api_key",
            "unknown");

    /** Keycloak logs some of them in lines of its own, exceptions included. */
    private static final List<String> LOGIN_PARAMETERS = List.of(
            "acr_values",
            "authorization_details",
            "claims",
            "client_id",
            "code_challenge",
            "kc_idp_hint",
            "login_hint",
            "max_age",
            "redirect_uri",
            "response_type",
            "scope",
            "state");

    private final RealmFixture realm;
    private final String key;

    MisplacedKey(RealmFixture realm, String key) {
        this.realm = realm;
        this.key = key;
    }

    void sendToKeycloak() {
        for (String grant : GRANTS) {
            for (String field : FORM_FIELDS) {
                for (String client : List.of("app", "service")) {
                    Map<String, String> form =
                            new HashMap<>(Map.of("grant_type", grant, "client_id", client, "username", "alice"));
                    if (client.equals("service")) {
                        form.put("client_secret", RealmFixture.SECRET);
                    }
                    form.put("api_key", key);
                    form.put(field, key);
                    check(field, realm.anyone().form(realm.token(), form));
                }
            }
        }
        String login = realm.token().replace("/token", "/auth");
        for (String parameter : LOGIN_PARAMETERS) {
            Map<String, String> query = new HashMap<>(
                    Map.of("client_id", "app", "response_type", "code", "redirect_uri", "http://localhost/x"));
            query.put(parameter, key);
            StringBuilder text = new StringBuilder();
            query.forEach(
                    (name, value) -> text.append(name).append('=').append(value).append('&'));
            check(parameter, realm.anyone().get(login + "?" + text));
        }
    }

    void sendToEveryEndpoint() {
        ApiClient alice = realm.signedIn("alice");
        ApiClient admin = realm.master();
        ApiClient service = realm.client("service");
        for (DescribedOperation operation : DescribedOperation.served()) {
            boolean gateway = operation.path().matches(".*/(verify|settle|release)(/.*)?");
            send(operation, operation.path().startsWith("/admin") ? admin : gateway ? service : alice);
        }
    }

    private void send(DescribedOperation operation, ApiClient caller) {
        String path = operation.path().replace("{realm}", realm.name());
        String good = path.replaceAll("\\{\\w+}", "AAAAAAAAAAAA");
        if (path.contains("{")) {
            send(operation, caller, path.replaceAll("\\{\\w+}", key), Map.of());
        }
        send(operation, caller, good + "/" + key, Map.of());
        Set<String> query = new TreeSet<>(operation.query());
        query.add("unknown");
        query.forEach(name -> send(operation, caller, good + "?" + name + "=" + key, Map.of()));
        operation.fields().forEach(field -> {
            send(operation, caller, good, Map.of(field, key));
            if (!operation.form()) {
                send(operation, caller, good, fields(field, List.of(key)));
                send(operation, caller, good, fields(field, Map.of("id", key)));
            }
        });
        Set<String> headers = new TreeSet<>(operation.headers());
        headers.addAll(HEADERS);
        headers.forEach(header -> send(operation, caller.with(header, key), good, Map.of()));
        send(operation, realm.anyone().as(key), good, Map.of());
    }

    private void send(DescribedOperation operation, ApiClient caller, String path, Map<String, ?> body) {
        Map<String, ?> fields = body;
        String name = operation.method() + " " + operation.path();
        if (operation.path().endsWith("/policy") && fields.isEmpty()) {
            // An empty document would set every rule of the realm back.
            fields = Map.of("unknown", key);
        }
        if (operation.form()) {
            Map<String, String> form = new HashMap<>();
            fields.forEach((field, value) -> form.put(field, value.toString()));
            check(name, caller.form(path, form));
        } else if (List.of("GET", "DELETE").contains(operation.method()) && fields.isEmpty()) {
            check(name, caller.send(operation.method(), path, null, null));
        } else {
            check(name, caller.send(operation.method(), path, "application/json", ApiClient.text(fields)));
        }
    }

    private static Map<String, Object> fields(String field, Object value) {
        Map<String, Object> fields = new HashMap<>(Map.of("name", "x"));
        fields.put(field, value);
        return fields;
    }

    private static void check(String what, Answer answer) {
        assertNotEquals(500, answer.status(), () -> what + ": " + answer);
    }
}
