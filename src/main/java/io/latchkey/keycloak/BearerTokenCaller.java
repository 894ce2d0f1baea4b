package io.latchkey.keycloak;

import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/** Authenticates a caller by an access token of the realm, whatever its audience (26.7: {@code AppAuthManager}). */
public record BearerTokenCaller(UserModel user, AccessToken token) {

    /** Empty if the request has no valid token, or several {@code Authorization} headers. */
    public static Optional<BearerTokenCaller> of(KeycloakSession session) {
        List<String> sent = session.getContext().getRequestHeaders().getRequestHeader(HttpHeaders.AUTHORIZATION);
        if (sent == null || sent.size() != 1) {
            // The next reader of the request may read another one of several.
            return Optional.empty();
        }
        try {
            AuthResult result = new AppAuthManager.BearerTokenAuthenticator(session).authenticate();
            if (result == null) {
                CheckFailedException.throwIfTransactionFailed(session);
            }
            return Optional.ofNullable(result).map(valid -> new BearerTokenCaller(valid.user(), valid.token()));
        } catch (NotAuthorizedException noBearer) {
            return Optional.empty();
        }
    }
}
