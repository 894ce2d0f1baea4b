package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import io.latchkey.it.ApiClient.Answer;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;

/** Keys at Keycloak's own introspection endpoint, where APIs take them for opaque access tokens. */
@EveryRelease
class KeyIntrospectionIT {

    private static final String INACTIVE = "{\"active\":false}";

    private static RealmFixture realm;
    private static RealmSetup setup;
    private static ApiCalls api;
    private static String alice;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of("latchkey.max-keys", "100", "latchkey.kinds", "secret publishable"));
        setup = new RealmSetup(realm);
        api = new ApiCalls(realm);
        alice = realm.user("alice");
        setup.client(Map.of("clientId", "other", "secret", RealmFixture.SECRET));
    }

    @BeforeEach
    void prepare() {
        setup.forgetEvents();
    }

    @Test
    void aKeyIsDescribedAsAToken() {
        Instant end = Instant.now().plusSeconds(3600);
        Answer key = api.key("described", Map.of("expiresAt", end.toString()));

        JsonNode token = active("service", key, Map.of("token_type_hint", "api_key"));

        assertEquals(alice, token.path("sub").asText());
        assertEquals("alice", token.path("username").asText());
        assertEquals("app", token.path("client_id").asText());
        assertEquals("[\"service\"]", token.path("aud").toString());
        assertEquals("email profile", token.path("scope").asText());
        assertEquals(end.getEpochSecond(), token.path("exp").asLong());
        assertEquals(
                Instant.parse(key.text("createdAt")).getEpochSecond(),
                token.path("iat").asLong());
        assertEquals(
                LatchkeyServer.url() + "/realms/" + realm.name(),
                token.path("iss").asText());
        assertEquals(key.text("id"), token.path("api_key_id").asText());
    }

    @Test
    void aHintChangesNothing() {
        Answer key = api.key("hinted", Map.of());

        JsonNode hinted = active("service", key, Map.of("token_type_hint", "api_key"));

        assertEquals(hinted, active("service", key, Map.of()));
        assertEquals(hinted, active("service", key, Map.of("token_type_hint", "access_token")));
    }

    @Test
    void aKeyWithoutAnEndHasNoExp() {
        Answer key = api.key("endless", Collections.singletonMap("expiresAt", null));

        assertFalse(active("service", key, Map.of()).has("exp"));
    }

    @Test
    void aKeyIsActiveForItsAudiencesOnly() {
        Answer key = api.key("for two", Map.of("audiences", List.of("service", "app")));

        JsonNode token = active("service", key, Map.of());

        assertEquals("[\"service\",\"app\"]", token.path("aud").toString());
        assertInactive("other", key, Map.of(), "audience_not_allowed");
    }

    @Test
    void aKeyShowsTheScopesItCarries() {
        Answer key = api.key("scoped", Map.of("scopes", List.of("email")));

        assertEquals("email", active("service", key, Map.of()).path("scope").asText());
    }

    @Test
    void aDefaultScopeIsShownWhileTheOwnerHasItsRole() {
        Answer key = api.key("audits", Map.of());
        Map<String, String> draft = Map.of("name", "audits", "protocol", "openid-connect");
        Answer made = realm.master().post(realm.admin("/client-scopes"), draft).expect(201);
        String id = made.header("Location").replaceAll(".*/", "");
        setup.grantNewRole(alice, "auditor");
        JsonNode role =
                realm.master().get(realm.admin("/roles/auditor")).expect(200).json();
        realm.master()
                .post(realm.admin("/client-scopes/" + id + "/scope-mappings/realm"), List.of(role))
                .expect(204);
        String app = setup.clientPath("app");
        realm.master()
                .send("PUT", app + "/default-client-scopes/" + id, null, null)
                .expect(204);

        String before = active("service", key, Map.of()).path("scope").asText();
        setup.withdrawRole(alice, "auditor");
        String after = active("service", key, Map.of()).path("scope").asText();

        assertEquals("audits email profile", before);
        assertEquals("email profile", after);
    }

    @Test
    void theCallerIsTheClientWhereThePolicyNamesNone() {
        Answer key = api.key("no client", Map.of());
        realm.policy(Collections.singletonMap("client", null));
        try {
            assertEquals(
                    "other", active("other", key, Map.of()).path("client_id").asText());
        } finally {
            realm.policy(Map.of("maxKeys", 100, "kinds", List.of("secret", "publishable")));
        }
    }

    @Test
    void addressesAreWhatTheApiSaysTheyAre() {
        Answer key = api.key("bound", Map.of("allowedIps", List.of("127.0.0.0/8", "192.0.2.0/24")));

        active("service", key, Map.of("ip", "192.0.2.7"));
        assertInactive("service", key, Map.of("ip", "198.51.100.7"), "address_not_allowed");
        assertInactive("service", key, Map.of("ip", "x".repeat(500)), "address_not_allowed");
        assertInactive("service", key, Map.of(), "address_not_allowed");
    }

    @Test
    void anAddressThatIsNoneHarmsNoOtherKey() {
        active("service", api.key("unbound", Map.of()), Map.of("ip", "x".repeat(500)));
    }

    @Test
    void aPublishableKeyNeedsItsOrigin() {
        Answer key = api.key(
                "in a page", Map.of("kind", "publishable", "allowedOrigins", List.of("https://shop.example.org")));

        JsonNode token = active("service", key, Map.of("origin", "https://shop.example.org"));

        assertFalse(token.has("scope"));
        assertInactive("service", key, Map.of("origin", "https://evil.example.org"), "origin_not_allowed");
        assertInactive("service", key, Map.of(), "origin_not_allowed");
    }

    @Test
    void whatIsWrongWithAKeyIsInTheEventOnly() {
        Answer disabled = api.key("disabled", Map.of("enabled", false));
        Answer live = api.key("live", Map.of());
        List<Answer> answers = new ArrayList<>();
        for (String key : List.of(
                disabled.text("key"),
                ForgedKey.unknown(4),
                ForgedKey.withOtherSecret(live.text("key")),
                ForgedKey.mistyped(live.text("key")))) {
            answers.add(api.introspect("service", key, Map.of()));
            answers.add(api.introspect("service", key, Map.of("token_type_hint", "api_key")));
        }

        for (Answer answer : answers) {
            assertEquals(INACTIVE, answer.expect(200).text());
            assertEquals("no-cache", answer.header("Cache-Control"));
            assertEquals(answers.get(0).header("Content-Type"), answer.header("Content-Type"));
        }
        List<String> reasons = setup.failures().stream()
                .map(event -> event.at("/details/reason").asText())
                .sorted()
                .distinct()
                .toList();
        assertEquals(
                List.of("api_key_disabled", "api_key_malformed", "api_key_unknown", "api_key_wrong_secret"), reasons);
    }

    @Test
    void onlyConfidentialClientsMayAsk() {
        String key = api.key("unasked", Map.of()).text("key");
        String path = realm.token() + "/introspect";

        assertEquals(401, realm.anyone().form(path, Map.of("token", key)).status());
        assertEquals(
                403,
                realm.anyone()
                        .form(path, Map.of("client_id", "app", "token", key))
                        .status());
    }

    @Test
    void springSecurityTakesAKeyForAnOpaqueToken() {
        Answer key = api.key("in spring", Map.of());
        SpringOpaqueTokenIntrospector spring = SpringOpaqueTokenIntrospector.withIntrospectionUri(endpoint())
                .clientId("service")
                .clientSecret(RealmFixture.SECRET)
                .build();

        OAuth2AuthenticatedPrincipal principal = spring.introspect(key.text("key"));

        assertEquals(alice, principal.getAttribute("sub"));
        assertEquals(List.of("service"), principal.getAttribute("aud"));
        assertTrue(principal.getAuthorities().stream().anyMatch(it -> "SCOPE_email".equals(it.getAuthority())));
        assertThrows(BadOpaqueTokenException.class, () -> spring.introspect(ForgedKey.unknown(5)));
    }

    @Test
    void nimbusTakesAKeyForAnOpaqueToken() throws Exception {
        Answer key = api.key("in nimbus", Map.of());

        TokenIntrospectionSuccessResponse token = nimbus(key.text("key"));

        assertTrue(token.isActive());
        assertEquals(alice, token.getSubject().getValue());
        assertEquals("alice", token.getUsername());
        assertEquals("app", token.getClientID().getValue());
        assertTrue(token.getScope().contains("email"));
        assertFalse(nimbus(ForgedKey.unknown(6)).isActive());
    }

    @Test
    void theLineOfThePageWorks() throws Exception {
        Answer key = api.key("on the page", Map.of());

        Answer answer = CurlLine.of("introspection.md", "", "").run(api.shell(key));

        assertEquals(key.text("id"), answer.expect(200).text("api_key_id"));
    }

    private static TokenIntrospectionSuccessResponse nimbus(String token) throws Exception {
        var request = new TokenIntrospectionRequest(
                URI.create(endpoint()),
                new ClientSecretBasic(new ClientID("service"), new Secret(RealmFixture.SECRET)),
                new BearerAccessToken(token));
        return TokenIntrospectionResponse.parse(request.toHTTPRequest().send()).toSuccessResponse();
    }

    private static String endpoint() {
        return LatchkeyServer.url() + realm.token() + "/introspect";
    }

    private static JsonNode active(String caller, Answer key, Map<String, String> more) {
        Answer answer = api.introspect(caller, key.text("key"), more).expect(200);
        assertTrue(answer.json().path("active").asBoolean(), answer::text);
        assertEquals("no-cache", answer.header("Cache-Control"));
        return answer.json();
    }

    private static void assertInactive(String caller, Answer key, Map<String, String> more, String reason) {
        setup.forgetEvents();
        assertEquals(
                INACTIVE,
                api.introspect(caller, key.text("key"), more).expect(200).text());
        JsonNode event = setup.failures().get(0);
        assertEquals("api_key_" + reason, event.at("/details/reason").asText());
        assertEquals("introspection", event.at("/details/endpoint").asText());
        assertEquals(alice, event.path("userId").asText());
    }
}
