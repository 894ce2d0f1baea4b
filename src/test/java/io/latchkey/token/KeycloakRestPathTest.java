package io.latchkey.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.token.KeycloakRestPath.Area;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeycloakRestPathTest {

    @ParameterizedTest
    @CsvSource({
        "/realms/r/account, ACCOUNT, r",
        "/realms/r/account/, ACCOUNT, r",
        "/realms/r/account/v1/sessions, ACCOUNT, r",
        "/realms/r/protocol/openid-connect/userinfo, USERINFO, r",
        "/realms/r/api-keys/forward-auth, FORWARD_AUTH, r",
        "/realms/r/api-keys/forward-auth/more, FORWARD_AUTH, r",
        "/admin/realms/r, ADMIN, r",
        "/admin/realms/r/users/api-keys, ADMIN, r",
        "/admin/realms/my realm/users, ADMIN, my realm",
        "admin/realms/r/users, ADMIN, r"
    })
    void aPathLeadsToAnArea(String path, Area area, String realm) {
        assertEquals(
                Optional.of(new KeycloakRestPath(area, realm)), KeycloakRestPath.at(path, path.replace(" ", "%20")));
    }

    @ParameterizedTest
    @CsvSource({
        "/realms/r/protocol/openid-connect/token/introspect, true",
        "realms/my realm/protocol/openid-connect/token/introspect, true",
        "/realms/r/protocol/openid-connect/token, false",
        "/realms/r/account;/protocol/openid-connect/token/introspect, false",
        "/realms/r/account/protocol/openid-connect/token/introspect, false",
        "/admin/realms/r/protocol/openid-connect/token/introspect, false",
        "/realms/r/protocol/openid-connect/token/introspect/, false"
    })
    void onlyTheIntrospectionEndpointIntrospects(String path, boolean expected) {
        assertEquals(expected, KeycloakRestPath.isIntrospection(path, path.replace(" ", "%20")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/realms",
                "/realms/r",
                "/realms/r/api-keys",
                "/realms/r/api-keys/policy",
                "/realms/r/api-keys/forward-authority",
                "/realms/r/api-keys/verify",
                "/realms/r/accounts",
                "/realms//account",
                "/realms/r/protocol/openid-connect/token",
                "/realms/r/protocol/openid-connect/token/introspect",
                "/realms/r/protocol/openid-connect/revoke",
                "/realms/r/protocol/openid-connect/userinfo/more",
                "/realms/r/authz/protection/permission",
                "/realms/r/clients-registrations/default",
                "/admin",
                "/admin/serverinfo",
                "/admin/r/console",
                "/admin/realms",
                "/admin/realms/",
                "/admin/realms/r/api-keys",
                "/admin/realms/r/api-keys/policy",
                "/Admin/realms/r",
                "/admin/Realms/r",
                "/realms/r/Account",
                "/admin/realms/r//api-keys",
                "/admin/realms/r/./api-keys",
                "/admin/realms/r/x/../api-keys",
                "/admin/realms/r/api-keys;a=b",
                "/admin/realms/r;a=b/users",
                "/admin/realms/r\\users",
                "/admin/realms/r/%61pi-keys",
                "/auth/admin/realms/r"
            })
    void everythingElseTakesNothing(String path) {
        assertEquals(Optional.empty(), KeycloakRestPath.at(path, path));
    }

    @ParameterizedTest
    @CsvSource({
        "/admin/realms/r/users, /admin/realms/r%2Fusers",
        "/realms/r/api-keys/forward-auth, /realms/r/api-keys%2fforward-auth"
    })
    void anEncodedSlashTakesNothing(String decoded, String sent) {
        assertEquals(Optional.empty(), KeycloakRestPath.at(decoded, sent));
    }
}
