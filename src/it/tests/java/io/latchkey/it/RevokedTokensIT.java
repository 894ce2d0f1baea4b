package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A token made from a key is good for Keycloak itself only as long as its key is. */
@EveryRelease
class RevokedTokensIT {

    private static final List<String> OPEN = List.of("200", "true", "200", "200");
    private static final List<String> SHUT = List.of("401", "false", "401", "400");

    private static RealmFixture realm;
    private static RealmSetup setup;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of("latchkey.keycloak-rest", "true"));
        setup = new RealmSetup(realm);
        setup.makeRealmAdmin(realm.user("boss"));
        setup.client(Map.of(
                "clientId",
                "exchanger",
                "secret",
                RealmFixture.SECRET,
                "attributes",
                Map.of("standard.token.exchange.enabled", "true")));
        setup.audience("app", "service");
        setup.audience("app", "exchanger");
    }

    @Test
    void itEndsWhenTheKeyIsRevoked() {
        Answer key = key("boss", "revoked");
        String token = token(key);
        assertEquals(OPEN, doors(token));

        realm.signedIn("boss").delete(realm.keys() + "/" + key.text("id")).expect(204);

        assertEquals(SHUT, doors(token));
    }

    @Test
    void itRestsWhileTheKeyIsDisabled() {
        Answer key = key("boss", "switched");
        String token = token(key);

        switchKey(key, false);
        assertEquals(SHUT, doors(token));

        switchKey(key, true);
        assertEquals(OPEN, doors(token));
    }

    @Test
    void itEndsWhenTheOwnerIsDisabledAndWhenTheOwnerIsDeleted() {
        String owner = realm.user("leaver");
        setup.makeRealmAdmin(owner);
        String token = token(key("leaver", "key"));
        assertEquals(OPEN, doors(token));

        setup.user(owner, Map.of("enabled", false));
        assertEquals(SHUT, doors(token));

        setup.user(owner, Map.of("enabled", true));
        assertEquals(OPEN, doors(token));

        realm.master().delete(realm.admin("/users/" + owner)).expect(204);
        assertEquals(SHUT, doors(token));
    }

    @Test
    void itEndsWhenTheOwnerMustActFirst() {
        String owner = realm.user("newcomer");
        setup.makeRealmAdmin(owner);
        String token = token(key("newcomer", "key"));

        setup.user(owner, Map.of("requiredActions", List.of("UPDATE_PASSWORD")));

        assertEquals(SHUT, doors(token));
    }

    @Test
    void itsSiblingsFromOtherKeysLiveOn() {
        Answer doomed = key("boss", "doomed");
        String sibling = token(key("boss", "sibling"));

        realm.signedIn("boss").delete(realm.keys() + "/" + doomed.text("id")).expect(204);

        assertEquals(OPEN, doors(sibling));
    }

    @Test
    void itCanStillBeRevokedAloneAsAnyToken() {
        Answer key = key("boss", "parent");
        String revoked = token(key);
        // Another wish, for the same token would be handed out again.
        String sibling = token(key, "openid email");

        realm.anyone()
                .form(
                        "/realms/" + realm.name() + "/protocol/openid-connect/revoke",
                        Map.of("client_id", "app", "token", revoked))
                .expect(200);

        assertEquals(SHUT, doors(revoked));
        assertEquals(OPEN, doors(sibling));
    }

    @Test
    void aRestrictedKeysTokenEndsWhenItsClientBeginsToGiveMore() {
        try (RealmFixture own = RealmFixture.create(Map.of("latchkey.client", "narrow"))) {
            RestrictedAdministration.prepare(own);
            String token = own.exchange(RestrictedAdministration.key(own, List.of("service", "realm-management")))
                    .expect(200)
                    .text("access_token");
            assertEquals("true", own.introspect(token).text("active"));

            new RealmSetup(own).client("narrow", Map.of("fullScopeAllowed", true));

            assertEquals("false", own.introspect(token).text("active"));
        }
    }

    @Test
    void itEndsAtIntrospectionOnceTheOwnerHasLostTheRoleOfAScope() {
        try (RestrictedRealm own = new RestrictedRealm(Map.of())) {
            own.scope("salaries", List.of());
            own.scopeRole("salaries", "payroll");
            own.setup.client(RestrictedRealm.narrow("narrow", "reports", "salaries"));
            String token = own.exchange(own.key(Map.of("scopes", List.of("reports", "salaries"))), "narrow", Map.of())
                    .expect(200)
                    .text("access_token");
            assertTrue(own.introspect(token).text("scope").contains("salaries"));

            own.setup.withdrawRole(own.boss, "payroll");

            assertEquals("{\"active\":false}", own.introspect(token).expect(200).text());
        }
    }

    private static Answer key(String owner, String name) {
        return realm.signedIn(owner)
                .post(
                        realm.keys(),
                        Map.of("name", name, "audiences", List.of("realm-management", "service", "exchanger")))
                .expect(201);
    }

    private static String token(Answer key) {
        return token(key, "openid");
    }

    private static String token(Answer key, String scope) {
        return realm.exchange(key.text("key"), Map.of("scope", scope))
                .expect(200)
                .text("access_token");
    }

    private static void switchKey(Answer key, boolean enabled) {
        realm.signedIn("boss")
                .patch(realm.keys() + "/" + key.text("id"), Map.of("enabled", enabled))
                .expect(200);
    }

    /** Userinfo, introspection, admin REST and token exchange. */
    private static List<String> doors(String token) {
        ApiClient bearer = realm.anyone().as(token);
        Answer exchanged = realm.anyone()
                .form(
                        realm.token(),
                        Map.of(
                                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                                "client_id", "exchanger",
                                "client_secret", RealmFixture.SECRET,
                                "subject_token", token,
                                "subject_token_type", "urn:ietf:params:oauth:token-type:access_token"));
        return List.of(
                ""
                        + bearer.get("/realms/" + realm.name() + "/protocol/openid-connect/userinfo")
                                .status(),
                realm.introspect(token).text("active"),
                "" + bearer.get(realm.admin("/users")).status(),
                "" + exchanged.status());
    }
}
