package io.latchkey.keycloak;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.TokenExchangeContext;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.services.CorsErrorResponseException;

/**
 * Base class of token exchanges (RFC 8693) whose subject token is not a Keycloak token (26.7: compare {@code
 * StandardTokenExchangeProvider} on upgrade).
 */
public abstract class SubjectTokenExchange implements TokenExchangeProvider {

    private static final List<String> UNSUPPORTED = List.of(
            OAuth2Constants.REQUESTED_SUBJECT,
            OAuth2Constants.REQUESTED_ISSUER,
            OAuth2Constants.SUBJECT_ISSUER,
            OAuth2Constants.ACTOR_TOKEN,
            OAuth2Constants.ACTOR_TOKEN_TYPE);

    /** Makes the token as a grant would. */
    protected abstract Response exchange(OAuth2GrantType.Context grant, String subjectToken);

    @Override
    public final Response exchange(TokenExchangeContext exchange) {
        Optional<TokenDenial> refusal = refusal(exchange);
        if (refusal.isPresent()) {
            throw refuse(exchange, refusal.get());
        }
        Response response = exchange(asGrant(exchange), exchange.getParams().getSubjectToken());
        ((AccessTokenResponse) response.getEntity())
                .setOtherClaims(OAuth2Constants.ISSUED_TOKEN_TYPE, OAuth2Constants.ACCESS_TOKEN_TYPE);
        return response;
    }

    private static Optional<TokenDenial> refusal(TokenExchangeContext exchange) {
        ClientModel client = exchange.getClient();
        MultivaluedMap<String, String> form = exchange.getFormParams();
        if (client.isPublicClient()) {
            return TokenDenial.of(OAuthErrorException.INVALID_CLIENT, "Public client is not allowed to exchange token");
        }
        if (!OIDCAdvancedConfigWrapper.fromClientModel(client).isStandardTokenExchangeEnabled()) {
            return invalid("Standard token exchange is not enabled for the requested client");
        }
        for (String parameter : UNSUPPORTED) {
            if (form.containsKey(parameter)) {
                return invalid("Parameter '" + parameter + "' is not supported for API keys");
            }
        }
        String wanted = exchange.getParams().getRequestedTokenType();
        if (wanted != null && !wanted.equals(OAuth2Constants.ACCESS_TOKEN_TYPE)) {
            return invalid("requested_token_type unsupported");
        }
        return exchange.getParams().getSubjectToken() == null
                ? invalid("Parameter 'subject_token' required for standard token exchange")
                : Optional.empty();
    }

    private static Optional<TokenDenial> invalid(String description) {
        return TokenDenial.of(OAuthErrorException.INVALID_REQUEST, description);
    }

    private static CorsErrorResponseException refuse(TokenExchangeContext exchange, TokenDenial refusal) {
        boolean client = OAuthErrorException.INVALID_CLIENT.equals(refusal.error());
        exchange.getEvent().detail(Details.REASON, refusal.description());
        exchange.getEvent().error(client ? Errors.INVALID_CLIENT : Errors.INVALID_REQUEST);
        return new CorsErrorResponseException(
                exchange.getCors(), refusal.error(), refusal.description(), Response.Status.BAD_REQUEST);
    }

    private static OAuth2GrantType.Context asGrant(TokenExchangeContext exchange) {
        return new OAuth2GrantType.Context(
                exchange.getSession(),
                OIDCAdvancedConfigWrapper.fromClientModel(exchange.getClient()),
                exchange.getClientAuthAttributes(),
                exchange.getFormParams(),
                exchange.getEvent(),
                exchange.getCors(),
                exchange.getTokenManager());
    }

    @Override
    public void close() {}
}
