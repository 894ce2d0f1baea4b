package io.latchkey.token;

import io.latchkey.events.KeyUserEvents;
import io.latchkey.http.Unavailability;
import io.latchkey.keycloak.CustomTokenExchange;
import jakarta.ws.rs.core.Response;
import org.keycloak.protocol.oidc.TokenExchangeContext;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;

/** Accepts a key as the subject token of a token exchange (RFC 8693). */
final class ApiKeyTokenExchange extends CustomTokenExchange {

    /** Value of {@code subject_token_type}. */
    static final String TOKEN_TYPE = "urn:latchkey:oauth:token-type:api-key";

    @Override
    public boolean supports(TokenExchangeContext exchange) {
        return TOKEN_TYPE.equals(exchange.getParams().getSubjectTokenType());
    }

    @Override
    protected Response exchange(OAuth2GrantType.Context grant, String subjectToken) {
        grant.getEvent().detail(KeyUserEvents.ENDPOINT, "token-exchange");
        return Unavailability.guard(() -> new ApiKeyGrantType().exchange(grant, subjectToken));
    }
}
