package io.latchkey.keycloak;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.TokenExchangeContext;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.services.CorsErrorResponseException;

/**
 * Validates token exchange requests (RFC 8693) whose subject token is an API key, and leaves issuing the token to its
 * subclass (26.7: compare {@code StandardTokenExchangeProvider} on upgrade).
 */
public abstract class CustomTokenExchange implements TokenExchangeProvider {

    /** Issues the token as a grant does. */
    protected abstract Response exchange(OAuth2GrantType.Context grant, String subjectToken);

    @Override
    public final Response exchange(TokenExchangeContext exchange) {
        OIDCAdvancedConfigWrapper config = OIDCAdvancedConfigWrapper.fromClientModel(exchange.getClient());
        String subjectToken = exchange.getParams().getSubjectToken();
        if (exchange.getClient().isPublicClient()) {
            String description = "Public client is not allowed to exchange token";
            throw refuse(exchange, OAuthErrorException.INVALID_CLIENT, description, Errors.INVALID_CLIENT);
        }
        Optional<String> fault = fault(exchange, config);
        if (fault.isPresent()) {
            throw refuse(exchange, OAuthErrorException.INVALID_REQUEST, fault.get(), Errors.INVALID_REQUEST);
        }
        OAuth2GrantType.Context grant = new OAuth2GrantType.Context(
                exchange.getSession(),
                config,
                exchange.getClientAuthAttributes(),
                exchange.getFormParams(),
                exchange.getEvent(),
                exchange.getCors(),
                exchange.getTokenManager());
        Response response = exchange(grant, subjectToken);
        ((AccessTokenResponse) response.getEntity())
                .setOtherClaims(OAuth2Constants.ISSUED_TOKEN_TYPE, OAuth2Constants.ACCESS_TOKEN_TYPE);
        return response;
    }

    private static Optional<String> fault(TokenExchangeContext exchange, OIDCAdvancedConfigWrapper config) {
        if (!config.isStandardTokenExchangeEnabled()) {
            return Optional.of("Standard token exchange is not enabled for the requested client");
        }
        Optional<String> unsupported = Stream.of(
                        OAuth2Constants.REQUESTED_SUBJECT,
                        OAuth2Constants.REQUESTED_ISSUER,
                        OAuth2Constants.SUBJECT_ISSUER,
                        OAuth2Constants.ACTOR_TOKEN,
                        OAuth2Constants.ACTOR_TOKEN_TYPE)
                .filter(exchange.getFormParams()::containsKey)
                .findFirst();
        if (unsupported.isPresent()) {
            return unsupported.map(parameter -> "Parameter '" + parameter + "' is not supported for API keys");
        }
        String type = exchange.getParams().getRequestedTokenType();
        if (type != null && !type.equals(OAuth2Constants.ACCESS_TOKEN_TYPE)) {
            return Optional.of("requested_token_type unsupported");
        }
        return exchange.getParams().getSubjectToken() == null
                ? Optional.of("Parameter 'subject_token' required for standard token exchange")
                : Optional.empty();
    }

    private static CorsErrorResponseException refuse(
            TokenExchangeContext exchange, String error, String description, String eventError) {
        exchange.getEvent().detail(Details.REASON, description);
        exchange.getEvent().error(eventError);
        return new CorsErrorResponseException(exchange.getCors(), error, description, Response.Status.BAD_REQUEST);
    }

    @Override
    public void close() {}
}
