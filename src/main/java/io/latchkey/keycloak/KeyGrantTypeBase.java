package io.latchkey.keycloak;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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

/**
 * Base class of grants that issue tokens to the owner of a key (26.7: compare {@code ClientCredentialsGrantType} and
 * {@code JWTAuthorizationGrantType} on upgrade).
 */
public abstract class KeyGrantTypeBase extends OAuth2GrantTypeBase {

    private boolean online;

    /** Hears of each token that was made, before it is handed out. */
    protected interface Witness {

        /** @param answer its own copy */
        void made(AccessToken token, AccessTokenResponse answer);
    }

    /** Answers with what was answered before. */
    protected final Response repeat(UserModel owner, AccessTokenResponse before, String tokenId, long lifespan) {
        event.user(owner).detail(Details.USERNAME, owner.getUsername()).detail(Details.TOKEN_ID, tokenId);
        AccessTokenResponse answer = TokenResponses.copy(before);
        answer.setExpiresIn(lifespan);
        event.success();
        return cors.add(Response.ok(answer).type(MediaType.APPLICATION_JSON_TYPE));
    }

    /** The same answer as bytes, which leave in one step, where an object goes through Jackson's stream. */
    protected static Response written(Response answer) {
        return answer.getEntity() instanceof AccessTokenResponse tokens
                ? Response.fromResponse(answer)
                        .entity(TokenResponses.bytes(tokens))
                        .build()
                : answer;
    }

    /** Answers with a token response for the owner at the authenticated client. */
    protected final Response issue(Context context, KeyTokenRequest login, Witness witness) {
        setContext(context);
        tokenManager = new VerifiedTokenManager();
        online = login.online();
        event.user(login.owner()).detail(Details.USERNAME, login.owner().getUsername());
        KeyUserSessions sessions = new KeyUserSessions(session, login);
        UserSessionModel userSession = sessions.open();
        event.session(userSession);
        try {
            return respond(login, sessions, userSession, witness);
        } catch (RuntimeException refused) {
            // Keycloak commits what a refused request has written.
            session.sessions().removeUserSession(realm, userSession);
            throw refused;
        }
    }

    private Response respond(
            KeyTokenRequest login, KeyUserSessions sessions, UserSessionModel userSession, Witness witness) {
        ClientSessionContext scopes = sessions.at(client, userSession);
        sessions.refusal(client, scopes).ifPresent(this::refuse);
        if (isAimedAtResource()) {
            refuse(new TokenDenial("invalid_target", "The parameter resource is not supported here, use audience"));
        }
        updateUserSessionFromClientAuth(userSession);
        TokenManager.AccessTokenResponseBuilder token = createTokenResponseBuilder(
                login.owner(), userSession, scopes, login.scope().orElse(null), null);
        sessions.refusal(token.getAccessToken()).ifPresent(this::refuse);
        Response response = response(token, scopes);
        witness.made(token.getAccessToken(), TokenResponses.copy((AccessTokenResponse) response.getEntity()));
        return response;
    }

    /** Without a refresh token, {@code ResourceIndicatorsPostProcessor} of 26.7 fails with a NullPointerException. */
    private boolean isAimedAtResource() {
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
            // Keycloak answers these itself, but writes no event (26.7: TokenEndpoint).
            event.detail(Details.REASON, refused.getDescription()).error(Errors.NOT_ALLOWED);
            throw answer(
                    refused.getError(),
                    refused.getDescription(),
                    OAuthErrorException.SERVER_ERROR.equals(refused.getError())
                            ? Response.Status.SERVICE_UNAVAILABLE
                            : Response.Status.BAD_REQUEST);
        }
    }

    @Override
    protected final boolean useRefreshToken() {
        return online && clientConfig.isUseRefreshToken();
    }

    private void refuse(TokenDenial refusal) {
        boolean consent = OAuthErrorException.INVALID_GRANT.equals(refusal.error());
        throw refuse(refusal.error(), refusal.description(), consent ? Errors.CONSENT_DENIED : Errors.INVALID_REQUEST);
    }

    /** Ends the request with an error that the caller may know about, on record. */
    protected final CorsErrorResponseException refuse(String error, String description, String eventError) {
        event.detail(Details.REASON, description);
        event.error(eventError);
        return answer(error, description);
    }

    /** Ends the request with an error whose reason is on record already. */
    protected final CorsErrorResponseException answer(String error, String description) {
        return answer(error, description, Response.Status.BAD_REQUEST);
    }

    /** The same, where the status says more than that the request was wrong. */
    protected final CorsErrorResponseException answer(String error, String description, Response.Status status) {
        return new CorsErrorResponseException(cors, error, description, status);
    }
}
