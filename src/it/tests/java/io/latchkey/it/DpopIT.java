package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A caller that proves possession of a key pair gets tokens that nobody else can use (RFC 9449). */
@EveryRelease
class DpopIT {

    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

    private static RealmFixture realm;
    private static String key;

    private final DpopKey caller = new DpopKey();

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
        RealmSetup setup = new RealmSetup(realm);
        realm.user("alice");
        setup.client(Map.of(
                "clientId",
                "bound",
                "secret",
                RealmFixture.SECRET,
                "attributes",
                Map.of("dpop.bound.access.tokens", "true", "standard.token.exchange.enabled", "true")));
        key = realm.createKey("alice", "key").text("key");
    }

    @Test
    void aProofBindsTheTokenOfAnyClient() {
        assertBound(send(caller.proof("POST", tokenUrl()), grant("app")));
    }

    @Test
    void aProofBindsTheTokenOfTheTokenExchange() {
        assertBound(send(caller.proof("POST", tokenUrl()), tokenExchange()));
    }

    @Test
    void withoutProofTheTokenIsABearerToken() {
        Answer answer = realm.anyone().form(realm.token(), grant("app")).expect(200);

        assertEquals("Bearer", answer.text("token_type"));
        assertFalse(AccessTokens.claims(answer).has("cnf"), answer::text);
    }

    @Test
    void aClientMayRequireTheProof() {
        assertRefused(realm.anyone().form(realm.token(), grant("bound")));
        assertRefused(realm.anyone().form(realm.token(), tokenExchange()));
        assertBound(send(caller.proof("POST", tokenUrl()), grant("bound")));
    }

    @Test
    void aProofServesOnce() {
        String proof = caller.proof("POST", tokenUrl());
        send(proof, grant("bound")).expect(200);

        assertRefused(send(proof, grant("bound")));
    }

    @Test
    void aProofForSomethingElseIsRefused() {
        String elsewhere = caller.proof("POST", tokenUrl().replace(realm.name(), "master"));
        String otherMethod = caller.proof("GET", tokenUrl());
        String broken = caller.proof("POST", tokenUrl()).replaceAll("\\.[^.]*$", ".AAAA");

        assertRefused(send(elsewhere, grant("bound")));
        assertRefused(send(otherMethod, tokenExchange()));
        assertRefused(send(broken, grant("bound")));
    }

    @Test
    void theBoundTokenOpensUserinfoWithAProofOnly() {
        Map<String, String> form = grant("app");
        form.put("scope", "openid");
        String token = send(caller.proof("POST", tokenUrl()), form).expect(200).text("access_token");
        String path = "/realms/" + realm.name() + "/protocol/openid-connect/userinfo";
        String url = LatchkeyServer.url() + path;

        assertEquals(401, realm.anyone().as(token).get(path).status());
        assertEquals(401, userinfo(path, token, new DpopKey().proof("GET", url, token)));
        assertEquals(401, userinfo(path, token, caller.proof("GET", url)));
        assertEquals(200, userinfo(path, token, caller.proof("GET", url, token)));
    }

    private static int userinfo(String path, String token, String proof) {
        return realm.anyone()
                .with("Authorization", "DPoP " + token)
                .with("DPoP", proof)
                .get(path)
                .status();
    }

    private void assertBound(Answer answer) {
        assertEquals("DPoP", answer.expect(200).text("token_type"));
        assertEquals(
                caller.thumbprint(), AccessTokens.claims(answer).at("/cnf/jkt").asText());
    }

    private static void assertRefused(Answer answer) {
        assertEquals(400, answer.status(), answer::text);
        assertEquals("invalid_request", answer.text("error"), answer::text);
        assertTrue(answer.text("error_description").contains("DPoP"), answer::text);
        assertFalse(answer.json().has("access_token"));
    }

    private static Answer send(String proof, Map<String, String> form) {
        return realm.anyone().with("DPoP", proof).form(realm.token(), form);
    }

    private static Map<String, String> grant(String clientId) {
        Map<String, String> form =
                new LinkedHashMap<>(Map.of("grant_type", RealmFixture.GRANT, "client_id", clientId, "api_key", key));
        if (clientId.equals("bound")) {
            form.put("client_secret", RealmFixture.SECRET);
        }
        return form;
    }

    private static Map<String, String> tokenExchange() {
        Map<String, String> form = grant("bound");
        form.remove("api_key");
        form.put("grant_type", EXCHANGE);
        form.put("subject_token", key);
        form.put("subject_token_type", "urn:latchkey:oauth:token-type:api-key");
        return form;
    }

    private static String tokenUrl() {
        return LatchkeyServer.url() + realm.token();
    }
}
