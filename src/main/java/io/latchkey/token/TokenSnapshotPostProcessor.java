package io.latchkey.token;

import io.latchkey.keycloak.AccessTokenClaimsSnapshots;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;

/**
 * Keeps the claims that Keycloak's mappers wrote, as the first post-processor of the server, for {@link
 * KeyTokenPostProcessor} to compare.
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
