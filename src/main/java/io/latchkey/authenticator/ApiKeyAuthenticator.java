package io.latchkey.authenticator;

import io.latchkey.ApiKeysProvider;
import io.latchkey.HookStatus;
import io.latchkey.events.KeyUserEvents;
import io.latchkey.http.Problem;
import io.latchkey.http.ProblemType;
import io.latchkey.http.RateLimitHeaders;
import io.latchkey.http.Unavailability;
import io.latchkey.key.PresentedKey;
import io.latchkey.keycloak.CallerConnection;
import io.latchkey.keycloak.KeyUserSessions;
import io.latchkey.rest.KeyChallenge;
import io.latchkey.verify.KeyUseRequest;
import io.latchkey.verify.Verification;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.events.Errors;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Authenticates the owner of a key in a direct-grant or browser flow, by the key in a request header. */
final class ApiKeyAuthenticator implements Authenticator {

    /** Name of the setting that names the header. */
    static final String HEADER_SETTING = "header";

    private static final String INVALID = "Invalid API key";

    /** Time of a login that no person made, so that a client that requires a recent login asks for one. */
    private static final String NO_LOGIN = "1";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Optional<String> presented = presented(context);
        if (presented.isEmpty()) {
            authenticateWithoutKey(context);
            return;
        }
        if (!HookStatus.of(context.getSession()).isComplete()) {
            Problem problem = ProblemType.HOOK_MISSING.problem();
            fail(context, AuthenticationFlowError.INTERNAL_ERROR, OAuthErrorException.TEMPORARILY_UNAVAILABLE, problem);
            return;
        }
        try {
            authenticate(context, presented.get());
        } catch (RuntimeException failed) {
            Problem problem = Unavailability.problem(failed).orElseThrow(() -> failed);
            fail(context, AuthenticationFlowError.INTERNAL_ERROR, problem.toResponse(), problem.detail());
        }
    }

    private void authenticate(AuthenticationFlowContext context, String presented) {
        KeycloakSession session = context.getSession();
        ApiKeysProvider apiKeys = ApiKeysProvider.of(session);
        CallerConnection connection = CallerConnection.of(session);
        connection.describe(context.getEvent());
        KeyUseRequest request = KeyUseRequest.of(
                presented,
                connection.caller(),
                Optional.ofNullable(context.getHttpRequest().getHttpHeaders().getHeaderString("Origin")));
        Verification verification = apiKeys.verifier().verify(context.getRealm(), request.asLogin());
        RateLimitHeaders.put(session, verification.rateLimits());
        if (verification instanceof Rejected rejected) {
            Rejected reported = apiKeys.rejectedUses()
                    .answer(context.getEvent(), request, rejected, Errors.INVALID_USER_CREDENTIALS);
            RateLimitHeaders.put(session, reported.rateLimits());
            AuthenticationFlowError error = AuthenticationFlowError.INVALID_CREDENTIALS;
            if (reported.isRateLimited()) {
                fail(context, error, OAuthErrorException.SLOW_DOWN, KeyChallenge.rateLimited(reported));
            } else {
                refuse(context, error);
            }
        } else if (!signIn(context, (Accepted) verification)) {
            RateLimitHeaders.put(session, apiKeys.refund((Accepted) verification));
        }
    }

    private static boolean signIn(AuthenticationFlowContext context, Accepted accepted) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        UserModel current = context.getUser();
        if (current != null && !current.getId().equals(accepted.owner().getId())) {
            context.getEvent().error(Errors.DIFFERENT_USER_AUTHENTICATED);
            refuse(context, AuthenticationFlowError.USER_CONFLICT);
            return false;
        }
        if (login.getClientNote(Constants.KC_ACTION) != null) {
            // A key must not set a password or delete the account.
            context.getEvent().error(Errors.NOT_ALLOWED);
            refuse(context, AuthenticationFlowError.ACCESS_DENIED);
            return false;
        }
        KeyUserEvents.describe(context.getEvent(), Optional.of(accepted.key()));
        login.setClientNote(KeyUserSessions.AUTH_TIME_NOTE, NO_LOGIN);
        context.setUser(accepted.owner());
        login.setUserSessionNote(KeyUserSessions.KEY_NOTE, accepted.key().id().value());
        context.success(KeyUserEvents.CREDENTIAL_TYPE);
        return true;
    }

    private static Optional<String> presented(AuthenticationFlowContext context) {
        AuthenticatorConfigModel config = context.getAuthenticatorConfig();
        String configured = config == null ? null : config.getConfig().get(HEADER_SETTING);
        String header = configured == null || configured.isBlank() ? PresentedKey.HEADER : configured.strip();
        List<String> sent = context.getHttpRequest().getHttpHeaders().getRequestHeader(header);
        return sent == null || sent.size() != 1 ? Optional.empty() : Optional.of(sent.get(0));
    }

    private static void authenticateWithoutKey(AuthenticationFlowContext context) {
        if (context.getExecution().isRequired()) {
            context.getEvent().error(Errors.INVALID_USER_CREDENTIALS);
            refuse(context, AuthenticationFlowError.INVALID_CREDENTIALS);
        } else {
            context.attempted();
        }
    }

    private static void refuse(AuthenticationFlowContext context, AuthenticationFlowError error) {
        fail(context, error, json(401, OAuthErrorException.INVALID_GRANT, INVALID), INVALID);
    }

    private static void fail(
            AuthenticationFlowContext context, AuthenticationFlowError error, String oauthError, Problem problem) {
        fail(context, error, json(problem.status(), oauthError, problem.detail()), problem.detail());
    }

    private static Response json(int status, String error, String description) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new OAuth2ErrorRepresentation(error, description))
                .build();
    }

    /**
     * Answers the token endpoint with JSON, and a browser with Keycloak's error page. Without a response Keycloak would try
     * the next alternative.
     */
    private static void fail(
            AuthenticationFlowContext context, AuthenticationFlowError error, Response json, String text) {
        boolean tokenRequest =
                context.getHttpRequest().getDecodedFormParameters().containsKey(OAuth2Constants.GRANT_TYPE);
        Response.Status status = Response.Status.fromStatusCode(json.getStatus());
        context.failure(
                error, tokenRequest ? json : context.form().setError(text).createErrorPage(status));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        authenticate(context);
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

    @Override
    public void close() {}
}
