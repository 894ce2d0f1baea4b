package io.latchkey.keycloak;

import io.latchkey.model.Owner;
import io.latchkey.model.OwnerType;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.AccountRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.Auth;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/**
 * Authenticates the caller of self-service by the rules of Keycloak's account REST (26.7: {@code
 * AccountLoader.getAccountRestService}): bearer token, audience {@code account}, no service accounts.
 */
public final class AccountCaller {

    /** Role of the client {@code account} that lets people manage their keys and nothing else. */
    public static final String MANAGE_API_KEYS = "manage-api-keys";

    private final Auth auth;
    private final AccessToken sent;

    /** @param sent the token as it was sent, which may be a lightweight one */
    private AccountCaller(Auth auth, AccessToken sent) {
        this.auth = auth;
        this.sent = sent;
    }

    /** Empty if the request has no token that is valid at the account REST. */
    public static Optional<AccountCaller> of(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        ClientModel account = realm.getClientByClientId(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID);
        if (bearerToken(session) == null
                || !CurrentRequest.satisfiesSslRequirement(session)
                || !realm.isEnabled()
                || account == null
                || !account.isEnabled()) {
            return Optional.empty();
        }
        AuthResult result = new AppAuthManager.BearerTokenAuthenticator(session).authenticate();
        if (result == null) {
            CheckFailedException.throwIfTransactionFailed(session);
        }
        if (result == null || result.user().getServiceAccountClientLink() != null) {
            return Optional.empty();
        }
        AccessToken token = complete(session, result, account);
        if (!token.hasAudience(account.getClientId())) {
            return Optional.empty();
        }
        Cors.builder()
                .checkAllowedOrigins(token)
                .exposedHeaders("ETag", "Location")
                .auth()
                .add();
        return Optional.of(new AccountCaller(
                new Auth(realm, token, result.user(), account, result.session(), false), result.token()));
    }

    /** Whether the request has an unexpired token that this realm signed. Needs no database, and ignores sessions. */
    public static boolean bearsOwnToken(KeycloakSession session) {
        AppAuthManager.AuthHeader sent = bearerToken(session);
        AccessToken token = sent == null ? null : session.tokens().decode(sent.getToken(), AccessToken.class);
        return token != null && token.isActive();
    }

    private static AppAuthManager.AuthHeader bearerToken(KeycloakSession session) {
        return AppAuthManager.extractAuthorizationHeaderTokenOrReturnNull(
                session.getContext().getRequestHeaders());
    }

    /** Adds audience and roles to a lightweight token. */
    private static AccessToken complete(KeycloakSession session, AuthResult result, ClientModel account) {
        AccessToken token = result.token();
        if (token.getAudience() != null && token.getResourceAccess(account.getClientId()) != null) {
            return token;
        }
        AccessTokenIntrospectionProvider<?> introspection = (AccessTokenIntrospectionProvider<?>) session.getProvider(
                TokenIntrospectionProvider.class, AccessTokenIntrospectionProviderFactory.ACCESS_TOKEN_TYPE);
        return introspection.transformAccessToken(token, result.session());
    }

    public UserModel user() {
        return auth.getUser();
    }

    /** The caller as owner of keys. */
    public Owner owner() {
        return new Owner(OwnerType.USER, user().getId());
    }

    public boolean mayRead() {
        return mayManage() || auth.hasOneOfAppRole(auth.getClient(), AccountRoles.VIEW_PROFILE);
    }

    public boolean mayManage() {
        return auth.hasOneOfAppRole(auth.getClient(), AccountRoles.MANAGE_ACCOUNT, MANAGE_API_KEYS);
    }

    /** Client id of the application that the token was issued for. */
    public String clientId() {
        return sent.getIssuedFor();
    }

    /** Id of the session in which the token was issued; empty if it was issued without one. */
    public Optional<String> sessionId() {
        return Optional.ofNullable(sent.getSessionId());
    }

    /** Whether the user signed in personally: the session is stored and not impersonated. */
    public boolean hasSignedIn(KeycloakSession session) {
        return TokenUserSession.of(session, auth.getRealm(), sent).showsLogin()
                && !TokenUserSession.hasActor(auth.getToken());
    }

    /** Time of the caller's last login, if the token has it. */
    public Optional<Instant> signedInAt() {
        return Optional.ofNullable(auth.getToken().getAuth_time())
                .filter(seconds -> seconds > 0)
                .map(Instant::ofEpochSecond);
    }
}
