package io.latchkey.it.widening;

import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.AccessToken;

/** Adds an audience, roles, a scope and a claim to every token of a realm whose attribute names this processor. */
final class WideningProcessor implements TokenPostProcessor {

    private final KeycloakSession session;
    private final String id;

    WideningProcessor(KeycloakSession session, String id) {
        this.session = session;
        this.id = id;
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        AccessToken token = context.accessToken();
        if (token == null || !id.equals(session.getContext().getRealm().getAttribute("widening"))) {
            return;
        }
        token.addAudience("vault");
        token.addAccess("vault").addRole("open");
        AccessToken.Access access = token.getRealmAccess() == null ? new AccessToken.Access() : token.getRealmAccess();
        token.setRealmAccess(access);
        access.addRole("payroll");
        token.setScope(token.getScope() + " salaries");
        token.setOtherClaims("groups", List.of("staff"));
    }
}
