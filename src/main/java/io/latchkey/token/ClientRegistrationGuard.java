package io.latchkey.token;

import io.latchkey.http.ProblemType;
import io.latchkey.keycloak.PreMatchingRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Pattern;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.representations.JsonWebToken;

/**
 * Refuses tokens made from keys at client registration, the one administrative endpoint of Keycloak that does not ask the
 * grant about its tokens (26.7: {@code ClientRegistrationTokenUtils.verifyToken}). Runs on the event loop and reads the
 * token's id only.
 */
@Provider
@PreMatching
public final class ClientRegistrationGuard implements ContainerRequestFilter {

    private static final String PATH = "/clients-registrations/";
    private static final Pattern MADE_FROM_KEY = Pattern.compile(".{4}" + ApiKeyGrantTypeFactory.SHORTCUT + ":.*");
    private static final Pattern WORDS = Pattern.compile("[\\s,]+");

    @Override
    public void filter(ContainerRequestContext request) {
        // The cheap checks first: this runs for every request of the server.
        if (new PreMatchingRequest(request).hasHeader(HttpHeaders.AUTHORIZATION)
                && request.getUriInfo().getPath().contains(PATH)
                && request.getHeaders().get(HttpHeaders.AUTHORIZATION).stream()
                        .anyMatch(ClientRegistrationGuard::bearsKeyToken)) {
            request.abortWith(ProblemType.UNAUTHORIZED.toResponse());
        }
    }

    /** Checks each word, since Keycloak may read any of them as the token. */
    static boolean bearsKeyToken(String authorization) {
        return WORDS.splitAsStream(authorization).anyMatch(ClientRegistrationGuard::isMadeFromKey);
    }

    private static boolean isMadeFromKey(String word) {
        try {
            String id = new JWSInput(word).readJsonContent(JsonWebToken.class).getId();
            return id != null && MADE_FROM_KEY.matcher(id).matches();
        } catch (JWSInputException | RuntimeException noToken) {
            return false;
        }
    }
}
