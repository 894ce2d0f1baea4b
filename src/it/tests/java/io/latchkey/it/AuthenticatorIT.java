package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.Flows.Step;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The execution "API key" in flows that an administrator makes and binds. */
@EveryRelease
class AuthenticatorIT {

    private static RealmFixture realm;

    @BeforeAll
    static void bindFlows() {
        realm = RealmFixture.create(Map.of());
        Flows flows = new Flows(realm);
        flows.client("strict", "direct_grant", flows.flow("strict", List.of(Step.required(Flows.KEY))));
        flows.client(
                "renamed",
                "direct_grant",
                flows.flow("renamed", List.of(Step.required(Flows.KEY).with("header", "X-Machine"))));
        flows.client(
                "either",
                "direct_grant",
                flows.keyOrPassword(
                        "either",
                        List.of(
                                Step.required("direct-grant-validate-username"),
                                Step.required("direct-grant-validate-password"))));
        flows.client(
                "web", "browser", flows.keyOrPassword("web", List.of(Step.required("auth-username-password-form"))));
    }

    @Test
    void aKeyOpensASessionThatIsListedAndCanBeRefreshed() {
        String user = realm.user("amy");
        String key = realm.createKey("amy", "k").text("key");
        realm.master().post(realm.admin("/users/" + user + "/logout"), Map.of()).expect(204);

        Answer tokens = login("strict", key).expect(200);

        assertEquals(1, sessions(user));
        assertEquals(user, claims(tokens).path("sub").asText());
        refresh("strict", tokens).expect(200);
    }

    @Test
    void tokensOfSuchASessionNameTheKeyEvenAfterARefresh() {
        realm.user("ben");
        Answer key = realm.createKey("ben", "k");

        Answer tokens = login("strict", key.text("key")).expect(200);

        assertEquals(key.text("id"), claims(tokens).path("api_key_id").asText());
        Answer refreshed = refresh("strict", tokens).expect(200);
        assertEquals(key.text("id"), claims(refreshed).path("api_key_id").asText());
    }

    @Test
    void suchTokensReachNeitherTheAccountNorTheKeys() {
        realm.user("cleo");
        Answer tokens =
                login("strict", realm.createKey("cleo", "k").text("key")).expect(200);

        for (Answer token : List.of(tokens, refresh("strict", tokens).expect(200))) {
            ApiClient caller = realm.anyone().as(token.text("access_token")).with("Accept", "application/json");
            caller.get("/realms/" + realm.name() + "/account").expect(401);
            caller.get(realm.keys()).expect(401);
            caller.post(realm.keys(), Map.of("name", "more")).expect(401);
        }
    }

    @Test
    void theSessionDiesWithARevokedKey() {
        String user = realm.user("dana");
        Answer key = realm.createKey("dana", "k");
        realm.master().post(realm.admin("/users/" + user + "/logout"), Map.of()).expect(204);
        Answer tokens = login("strict", key.text("key")).expect(200);

        realm.master().delete(realm.adminKeys() + "/" + key.text("id")).expect(204);

        assertEquals(0, sessions(user));
        refresh("strict", tokens).expect(400);
        assertFalse(realm.introspect(tokens.text("access_token"))
                .json()
                .path("active")
                .asBoolean());
    }

    @Test
    void theSessionDiesWithADisabledKey() {
        String user = realm.user("edna");
        Answer key = realm.createKey("edna", "k");
        realm.master().post(realm.admin("/users/" + user + "/logout"), Map.of()).expect(204);
        Answer tokens = login("strict", key.text("key")).expect(200);

        realm.master()
                .patch(realm.adminKeys() + "/" + key.text("id"), Map.of("enabled", false))
                .expect(200);

        assertEquals(0, sessions(user));
        refresh("strict", tokens).expect(400);
    }

    @Test
    void theSessionDiesWithAKeyThatMayNoLongerSignIn() {
        String user = realm.user("flo");
        Answer key = realm.createKey("flo", "k");
        realm.master().post(realm.admin("/users/" + user + "/logout"), Map.of()).expect(204);
        Answer tokens = login("strict", key.text("key")).expect(200);

        realm.master()
                .patch(realm.adminKeys() + "/" + key.text("id"), Map.of("scopes", List.of("openid")))
                .expect(200);

        assertEquals(0, sessions(user));
        refresh("strict", tokens).expect(400);
    }

    @Test
    void theKeysEndLeavesPasswordSessionsAlone() {
        String user = realm.user("fay");
        Answer key = realm.createKey("fay", "k");
        login("strict", key.text("key")).expect(200);
        long before = sessions(user);

        realm.master().delete(realm.adminKeys() + "/" + key.text("id")).expect(204);

        assertEquals(before - 1, sessions(user));
        assertTrue(before > 1);
    }

    @Test
    void aWrongKeyIsAnInvalidGrant() {
        realm.user("gil");
        String key = realm.createKey("gil", "k").text("key");

        Answer answer = login("strict", WrongKeys.wrongSecret(key));

        assertEquals(401, answer.status());
        assertEquals("invalid_grant", answer.text("error"));
    }

    @Test
    void noKeyIsRefusedWhereOneIsRequired() {
        realm.user("hal");

        direct(realm.anyone(), "strict", Map.of()).expect(401);
        direct(realm.anyone(), "strict", Map.of("username", "hal", "password", "hal"))
                .expect(401);
    }

    @Test
    void withoutAKeyTheAlternativeStepsAside() {
        realm.user("ida");

        direct(realm.anyone(), "either", Map.of("username", "ida", "password", "ida"))
                .expect(200);
        Answer wrong = direct(realm.anyone(), "either", Map.of("username", "ida", "password", "wrong"));
        assertEquals("invalid_grant", wrong.text("error"));
    }

    @Test
    void aWrongKeyIsNotMadeGoodByAPassword() {
        realm.user("joe");
        String key = realm.createKey("joe", "k").text("key");
        Map<String, String> password = Map.of("username", "joe", "password", "joe");

        direct(realm.anyone().with("X-API-Key", WrongKeys.wrongSecret(key)), "either", password)
                .expect(401);
        login("either", key).expect(200);
    }

    @Test
    void theHeaderCanBeRenamed() {
        realm.user("kim");
        String key = realm.createKey("kim", "k").text("key");

        direct(realm.anyone().with("X-Machine", key), "renamed", Map.of()).expect(200);
        direct(realm.anyone().with("X-API-Key", key), "renamed", Map.of()).expect(401);
    }

    @Test
    void theKeyOfAServiceAccountSignsNobodyIn() {
        Answer key = realm.master()
                .post(
                        realm.adminKeys(),
                        Map.of("name", "machine", "owner", Map.of("type", "service-account", "name", "service")))
                .expect(201);
        realm.exchange(key.text("key")).expect(200);

        login("strict", key.text("key")).expect(401);
    }

    @Test
    void aKeySignsInWhereABrowserWouldBeAsked() {
        String user = realm.user("lea");
        Answer key = realm.createKey("lea", "k");

        Answer back = new Browser(realm.anyone().with("X-API-Key", key.text("key"))).open(authorization());
        String code = Browser.parameter(back, "code");
        Answer tokens = realm.anyone()
                .form(
                        realm.token(),
                        Map.of(
                                "grant_type", "authorization_code",
                                "client_id", "web",
                                "code", code,
                                "redirect_uri", "http://localhost/back"))
                .expect(200);

        assertEquals(302, back.status());
        assertEquals(user, claims(tokens).path("sub").asText());
        assertEquals(key.text("id"), claims(tokens).path("api_key_id").asText());
    }

    @Test
    void withoutAKeyTheBrowserShowsTheForm() {
        realm.user("max");
        Browser browser = new Browser(realm.anyone());

        Answer page = browser.open(authorization()).expect(200);
        Answer back = browser.signIn(page, "max", "max");

        assertFalse(Browser.parameter(back, "code").isEmpty(), back::text);
    }

    @Test
    void aWrongKeyShowsAnErrorAndNoForm() {
        realm.user("ned");
        String key = realm.createKey("ned", "k").text("key");

        Answer page = new Browser(realm.anyone().with("X-API-Key", WrongKeys.wrongSecret(key))).open(authorization());

        assertEquals(401, page.status());
        assertTrue(page.text().contains("Invalid API key"));
        assertFalse(page.text().contains("name=\"password\""));
    }

    @Test
    void theFlowEditorExplainsTheExecution() {
        Answer providers = realm.master()
                .get(realm.admin("/authentication/authenticator-providers"))
                .expect(200);
        Answer description = realm.master()
                .get(realm.admin("/authentication/config-description/" + Flows.KEY))
                .expect(200);

        JsonNode ours = null;
        for (JsonNode provider : providers.json()) {
            ours = provider.path("id").asText().equals(Flows.KEY) ? provider : ours;
        }
        assertEquals("API key", ours.path("displayName").asText());
        assertFalse(ours.path("description").asText().isBlank());
        assertEquals("header", description.json().at("/properties/0/name").asText());
        assertEquals(
                "X-API-Key", description.json().at("/properties/0/defaultValue").asText());
        assertFalse(description.json().at("/properties/0/helpText").asText().isBlank());
    }

    private static Answer login(String client, String key) {
        return direct(realm.anyone().with("X-API-Key", key), client, Map.of());
    }

    private static Answer direct(ApiClient caller, String client, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>(more);
        form.put("grant_type", "password");
        form.put("client_id", client);
        return caller.form(realm.token(), form);
    }

    private static Answer refresh(String client, Answer tokens) {
        return realm.refresh(client, tokens);
    }

    private static String authorization() {
        return "/realms/" + realm.name() + "/protocol/openid-connect/auth?client_id=web&response_type=code"
                + "&scope=openid&redirect_uri=http%3A%2F%2Flocalhost%2Fback";
    }

    private static long sessions(String user) {
        return realm.master()
                .get(realm.admin("/users/" + user + "/sessions"))
                .expect(200)
                .json()
                .size();
    }

    private static JsonNode claims(Answer tokens) {
        String payload = tokens.text("access_token").split("\\.")[1];
        try {
            return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(payload));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
