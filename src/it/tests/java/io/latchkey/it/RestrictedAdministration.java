package io.latchkey.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A client {@code narrow} that gives nothing by itself, and a client scope {@code users} that lets administrators look at
 * users, with {@code boss} being one who may do everything.
 */
final class RestrictedAdministration {

    private RestrictedAdministration() {}

    static void prepare(RealmFixture realm) {
        RealmSetup setup = new RealmSetup(realm);
        setup.makeRealmAdmin(realm.user("boss"));
        ApiClient admin = realm.master();
        String location = admin.post(
                        realm.admin("/client-scopes"), Map.of("name", "users", "protocol", "openid-connect"))
                .expect(201)
                .header("Location");
        String scope = realm.admin("/client-scopes/" + location.substring(location.lastIndexOf('/') + 1));
        for (String audience : List.of("realm-management", "service")) {
            admin.post(scope + "/protocol-mappers/models", audienceMapper(audience))
                    .expect(201);
        }
        String management = setup.clientPath("realm-management");
        JsonNode role = admin.get(management + "/roles/view-users").expect(200).json();
        String id = management.substring(management.lastIndexOf('/') + 1);
        admin.post(scope + "/scope-mappings/clients/" + id, List.of(role)).expect(204);
        setup.client(Map.of(
                "clientId",
                "narrow",
                "publicClient",
                true,
                "fullScopeAllowed",
                false,
                "defaultClientScopes",
                List.of("roles"),
                "optionalClientScopes",
                List.of("users")));
    }

    private static Map<String, Object> audienceMapper(String audience) {
        return Map.of(
                "name",
                "for " + audience,
                "protocol",
                "openid-connect",
                "protocolMapper",
                "oidc-audience-mapper",
                "config",
                Map.of(
                        "included.client.audience", audience,
                        "access.token.claim", "true",
                        "introspection.token.claim", "true"));
    }

    /** A key of {@code boss} that carries the scope and nothing else. */
    static String key(RealmFixture realm, List<String> audiences) {
        return realm.master()
                .post(
                        realm.adminKeys(),
                        Map.of(
                                "name",
                                "restricted",
                                "owner",
                                Map.of("type", "user", "name", "boss"),
                                "scopes",
                                List.of("users"),
                                "audiences",
                                audiences))
                .expect(201)
                .text("key");
    }
}
