package io.latchkey.keycloak;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BiConsumer;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.OAuth2GrantTypeBase;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.util.JsonSerialization;

/**
 * Base class of grants that issue tokens to the owner of a key (26.7: compare {@code ClientCredentialsGrantType} and
 * {@code JWTAuthorizationGrantType} on upgrade).
 */
public abstract class KeyGrantTypeBase extends OAuth2GrantTypeBase {

    private boolean online;

    /** Responds with a cached token response. */
    protected final Response repeat(UserModel owner, AccessTokenResponse cached, String tokenId, long lifespan) {
        event.user(owner).detail(Details.USERNAME, owner.getUsername()).detail(Details.TOKEN_ID, tokenId);
        AccessTokenResponse response = copy(cached);
        response.setExpiresIn(lifespan);
        event.success();
        return cors.add(Response.ok(response).type(MediaType.APPLICATION_JSON_TYPE));
    }

    /** Encodes a token response, because bytes leave the server in one step and an object through Jackson's stream. */
    protected static Response encoded(Response response) {
        if (!(response.getEntity() instanceof AccessTokenResponse tokens)) {
            return response;
        }
        try {
            return Response.fromResponse(response)
                    .entity(JsonSerialization.writeValueAsBytes(tokens))
                    .build();
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    /**
     * Responds with a token for the owner at the authenticated client.
     *
     * @param listener receives the token and a copy of the response
     */
    protected final Response issue(
            Context context, KeyTokenRequest request, BiConsumer<AccessToken, AccessTokenResponse> listener) {
        setContext(context);
        tokenManager = new VerifiedTokenManager();
        online = request.online();
        event.user(request.owner()).detail(Details.USERNAME, request.owner().getUsername());
        KeyUserSessions sessions = new KeyUserSessions(session, request);
        UserSessionModel userSession = sessions.open();
        event.session(userSession);
        try {
            return issue(request, sessions, userSession, listener);
        } catch (RuntimeException refused) {
            // Keycloak commits what a refused request has written.
            session.sessions().removeUserSession(realm, userSession);
            throw refused;
        }
    }

    private Response issue(
            KeyTokenRequest request,
            KeyUserSessions sessions,
            UserSessionModel userSession,
            BiConsumer<AccessToken, AccessTokenResponse> listener) {
        ClientSessionContext scopes = sessions.openAt(client, userSession);
        sessions.denial(client, scopes).ifPresent(this::refuse);
        if (fitsNoResourceIndicator()) {
            refuse(new KeyTokenBuilder.Denied(
                    "invalid_target", "The parameter resource is not supported here, use audience"));
        }
        updateUserSessionFromClientAuth(userSession);
        TokenManager.AccessTokenResponseBuilder token = createTokenResponseBuilder(
                request.owner(), userSession, scopes, request.scope().orElse(null), null);
        sessions.denial(token.getAccessToken()).ifPresent(this::refuse);
        Response response = response(token, scopes);
        listener.accept(token.getAccessToken(), copy((AccessTokenResponse) response.getEntity()));
        return response;
    }

    /** Without a refresh token, {@code ResourceIndicatorsPostProcessor} of 26.7 fails with a NullPointerException. */
    private boolean fitsNoResourceIndicator() {
        return formParams.containsKey("resource")
                && !useRefreshToken()
                && session.getKeycloakSessionFactory()
                                .getProviderFactory(TokenPostProcessor.class, "resource-indicators")
                        != null;
    }

    private Response response(TokenManager.AccessTokenResponseBuilder token, ClientSessionContext scopes) {
        try {
            return createTokenResponse(token, scopes, true);
        } catch (TokenInterceptorException refused) {
            // Keycloak's response to this exception comes without an event (26.7: TokenEndpoint).
            event.detail(Details.REASON, refused.getDescription()).error(Errors.NOT_ALLOWED);
            boolean failed = OAuthErrorException.SERVER_ERROR.equals(refused.getError());
            throw error(
                    refused.getError(),
                    refused.getDescription(),
                    failed ? Response.Status.SERVICE_UNAVAILABLE : Response.Status.BAD_REQUEST);
        }
    }

    @Override
    protected final boolean useRefreshToken() {
        return online && clientConfig.isUseRefreshToken();
    }

    private void refuse(KeyTokenBuilder.Denied denial) {
        boolean consent = OAuthErrorException.INVALID_GRANT.equals(denial.error());
        throw refuse(denial.error(), denial.description(), consent ? Errors.CONSENT_DENIED : Errors.INVALID_REQUEST);
    }

    /** Writes an error event, and returns the exception that responds with 400. */
    protected final CorsErrorResponseException refuse(String error, String description, String eventError) {
        event.detail(Details.REASON, description);
        event.error(eventError);
        return error(error, description, Response.Status.BAD_REQUEST);
    }

    /** Returns the exception that responds with an OAuth error, without an event. */
    protected final CorsErrorResponseException error(String error, String description, Response.Status status) {
        return new CorsErrorResponseException(cors, error, description, status);
    }

    /** Copies a response that Keycloak or an extension may change later. */
    private static AccessTokenResponse copy(AccessTokenResponse response) {
        AccessTokenResponse copy = new AccessTokenResponse();
        copy.setToken(response.getToken());
        copy.setTokenType(response.getTokenType());
        copy.setExpiresIn(response.getExpiresIn());
        copy.setRefreshExpiresIn(response.getRefreshExpiresIn());
        copy.setIdToken(response.getIdToken());
        copy.setNotBeforePolicy(response.getNotBeforePolicy());
        copy.setScope(response.getScope());
        copy.setSessionState(response.getSessionState());
        copy.setAuthorizationDetails(response.getAuthorizationDetails());
        response.getOtherClaims().forEach(copy::setOtherClaims);
        return copy;
    }
}
