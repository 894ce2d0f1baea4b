package io.latchkey.token;

import io.latchkey.keycloak.AccessTokenClaimsSnapshots;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;

/**
 * Runs as the first token post-processor of the server and keeps the claims that Keycloak's mappers wrote. {@link
 * KeyTokenPostProcessor} removes what later post-processors added.
 */
final class TokenSnapshotPostProcessor implements TokenPostProcessor {

    private final KeycloakSession session;

    TokenSnapshotPostProcessor(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        if (context.accessToken() == null) {
            return;
        }
        AccessTokenClaimsSnapshots draft = AccessTokenClaimsSnapshots.of(session, context.accessToken());
        if (draft.key(() -> new KeyTokenOrigin(session).find(context)).isPresent()) {
            draft.recordMapped(context.accessToken());
        }
    }
}
