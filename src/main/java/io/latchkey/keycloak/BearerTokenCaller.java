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

    /** Empty when the request bears no token that is good now, or more than one. */
    public static Optional<BearerTokenCaller> of(KeycloakSession session) {
        List<String> sent = session.getContext().getRequestHeaders().getRequestHeader(HttpHeaders.AUTHORIZATION);
        if (sent == null || sent.size() != 1) {
            // Whoever reads the request next may take another one of several.
            return Optional.empty();
        }
        try {
            AuthResult result = new AppAuthManager.BearerTokenAuthenticator(session).authenticate();
            if (result == null) {
                CheckFailedException.check(session);
            }
            return Optional.ofNullable(result).map(good -> new BearerTokenCaller(good.user(), good.token()));
        } catch (NotAuthorizedException noBearer) {
            return Optional.empty();
        }
    }
}
