package io.latchkey.authenticator;

import io.latchkey.ApiKeysProvider;
import io.latchkey.HookStatus;
import io.latchkey.events.UserEventAudit;
import io.latchkey.http.Problem;
import io.latchkey.http.ProblemType;
import io.latchkey.http.RateLimitHeaders;
import io.latchkey.http.Unavailability;
import io.latchkey.keycloak.KeycloakSessions;
import io.latchkey.keycloak.TrustedClientConnection;
import io.latchkey.keys.OwnerSessions;
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
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Authenticates the owner of a key in a direct-grant or browser flow, by the key in a request header. */
final class ApiKeyAuthenticator implements Authenticator {

    private static final String NEVER = "1";

    private final ApiKeyAuthenticatorConfig config;

    ApiKeyAuthenticator(ApiKeyAuthenticatorConfig config) {
        this.config = config;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Optional<String> presented = presented(context);
        if (presented.isEmpty()) {
            missing(context);
            return;
        }
        if (!HookStatus.of(context.getSession()).isComplete()) {
            refuse(context, AuthenticationFlowError.INTERNAL_ERROR, Refusal.HOOK_MISSING);
            return;
        }
        try {
            authenticate(context, presented.get());
        } catch (RuntimeException failed) {
            Problem problem = Unavailability.problem(failed).orElseThrow(() -> failed);
            context.failure(
                    AuthenticationFlowError.INTERNAL_ERROR,
                    isTokenRequest(context)
                            ? problem.toResponse()
                            : context.form()
                                    .setError(problem.detail())
                                    .createErrorPage(Response.Status.SERVICE_UNAVAILABLE));
        }
    }

    private void authenticate(AuthenticationFlowContext context, String presented) {
        ApiKeysProvider apiKeysProvider = ApiKeysProvider.of(context.getSession());
        TrustedClientConnection.of(context.getSession()).describe(context.getEvent());
        KeyUseRequest request = KeyUseRequest.of(
                presented,
                TrustedClientConnection.of(context.getSession()).caller(),
                Optional.ofNullable(context.getHttpRequest().getHttpHeaders().getHeaderString("Origin")));
        Verification verdict = apiKeysProvider.verifier().verify(context.getRealm(), request.asLogin());
        RateLimitHeaders.put(context.getSession(), verdict.rateLimits());
        if (verdict instanceof Rejected rejected) {
            Rejected reported = apiKeysProvider
                    .rejectedUses()
                    .answer(context.getEvent(), request, rejected, Errors.INVALID_USER_CREDENTIALS);
            RateLimitHeaders.put(context.getSession(), reported.rateLimits());
            refuse(
                    context,
                    AuthenticationFlowError.INVALID_CREDENTIALS,
                    reported.isRateLimited() ? Refusal.rateLimited(reported) : Refusal.INVALID);
        } else if (!signIn(context, (Accepted) verdict)) {
            RateLimitHeaders.put(context.getSession(), apiKeysProvider.refund((Accepted) verdict));
        }
    }

    private boolean signIn(AuthenticationFlowContext context, Accepted accepted) {
        UserModel already = context.getUser();
        if (already != null && !already.getId().equals(accepted.owner().getId())) {
            context.getEvent().error(Errors.DIFFERENT_USER_AUTHENTICATED);
            refuse(context, AuthenticationFlowError.USER_CONFLICT);
            return false;
        }
        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (login.getClientNote(Constants.KC_ACTION) != null) {
            // Setting a password or deleting the account is not what keys are for.
            context.getEvent().error(Errors.NOT_ALLOWED);
            refuse(context, AuthenticationFlowError.ACCESS_DENIED);
            return false;
        }
        UserEventAudit.describe(context.getEvent(), Optional.of(accepted.key()));
        // Nobody was there: whoever asks for a recent login later must ask a person for it.
        login.setClientNote(KeycloakSessions.AUTH_TIME_NOTE, NEVER);
        context.setUser(accepted.owner());
        login.setUserSessionNote(OwnerSessions.KEY_NOTE, accepted.key().id().value());
        context.success(UserEventAudit.CREDENTIAL_TYPE);
        return true;
    }

    private Optional<String> presented(AuthenticationFlowContext context) {
        List<String> headers = context.getHttpRequest().getHttpHeaders().getRequestHeader(config.header(context));
        return headers == null || headers.size() != 1 ? Optional.empty() : Optional.of(headers.get(0));
    }

    private static void missing(AuthenticationFlowContext context) {
        if (context.getExecution().isRequired()) {
            context.getEvent().error(Errors.INVALID_USER_CREDENTIALS);
            refuse(context, AuthenticationFlowError.INVALID_CREDENTIALS);
        } else {
            context.attempted();
        }
    }

    /**
     * The token endpoint answers in JSON; a browser gets Keycloak's error page. Without an answer of our own Keycloak would
     * go on to the next alternative.
     */
    private static void refuse(AuthenticationFlowContext context, AuthenticationFlowError error) {
        refuse(context, error, Refusal.INVALID);
    }

    private static void refuse(AuthenticationFlowContext context, AuthenticationFlowError error, Refusal refusal) {
        context.failure(
                error,
                isTokenRequest(context)
                        ? answer(refusal)
                        : context.form().setError(refusal.description).createErrorPage(refusal.status));
    }

    private static boolean isTokenRequest(AuthenticationFlowContext context) {
        return context.getHttpRequest().getDecodedFormParameters().containsKey(OAuth2Constants.GRANT_TYPE);
    }

    private static Response answer(Refusal refusal) {
        return Response.status(refusal.status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new OAuth2ErrorRepresentation(refusal.error, refusal.description))
                .build();
    }

    /** What callers are told. */
    private record Refusal(String error, String description, Response.Status status) {

        static final Refusal INVALID =
                new Refusal(OAuthErrorException.INVALID_GRANT, "Invalid API key", Response.Status.UNAUTHORIZED);

        static final Refusal HOOK_MISSING = new Refusal(
                OAuthErrorException.TEMPORARILY_UNAVAILABLE,
                ProblemType.HOOK_MISSING.problem().detail(),
                Response.Status.SERVICE_UNAVAILABLE);

        static Refusal rateLimited(Rejected reported) {
            return new Refusal(
                    OAuthErrorException.SLOW_DOWN,
                    KeyChallenge.rateLimited(reported).detail(),
                    Response.Status.TOO_MANY_REQUESTS);
        }
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
