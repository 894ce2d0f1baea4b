package io.latchkey.demo;

import io.latchkey.sample.SampleApi;
import io.latchkey.server.KeycloakProcess;
import java.net.URI;

/** What the demo prints once everything runs: where to look, and lines to paste into a POSIX shell. */
final class DemoText {

    private static final String TEXT = """

            Keycloak with Latchkey is ready.

              Account console   %1$s/realms/demo/account/       alice / alice
              Realm console     %1$s/admin/demo/console/        bob / bob
              Admin console     %1$s/admin/                     admin / admin
              Sample API        %2$s

            A key of alice (shown once):

              KEY=%3$s

            Exchange it for a token, with nothing but the key:

              curl -s -H "X-API-Key: $KEY" -d grant_type=urn:latchkey:oauth:grant-type:api-key %4$s

            Call the sample API with the token (without one it answers 401):

              TOKEN=$(curl -s -H "X-API-Key: $KEY" -d grant_type=urn:latchkey:oauth:grant-type:api-key %4$s | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
              curl -s -H "Authorization: Bearer $TOKEN" %2$s

            Both in one line:

              curl -s -H "Authorization: Bearer $(curl -s -H "X-API-Key: %3$s" -d grant_type=urn:latchkey:oauth:grant-type:api-key %4$s | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')" %2$s

            Ctrl-C stops everything.
            """;

    private DemoText() {}

    static String of(KeycloakProcess keycloak, SampleApi api, String key) {
        URI token = URI.create(keycloak.realm("demo") + "/protocol/openid-connect/token");
        return TEXT.formatted(keycloak.base(), api.orders(), key, token);
    }
}
