package io.latchkey.exchange;

import io.latchkey.key.KeyId;
import io.latchkey.lifecycle.OwnerSessions;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.http.HttpRequest;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.encode.AccessTokenContext;
import org.keycloak.protocol.oidc.encode.TokenContextEncoderProvider;
import org.keycloak.representations.JsonWebToken;

/** Finds the key a token under construction goes back to: one that opened the session, or made the token that is exchanged. */
final class KeyBehindToken {

    private final KeycloakSession session;

    KeyBehindToken(KeycloakSession session) {
        this.session = session;
    }

    Optional<KeyId> find(UserSessionModel userSession) {
        return Optional.ofNullable(userSession.getNote(OwnerSessions.KEY_NOTE))
                .flatMap(KeyId::parse)
                .or(this::ofSubjectToken);
    }

    /** In a token exchange (RFC 8693) the session is made anew from the subject token, without its notes (26.7). */
    private Optional<KeyId> ofSubjectToken() {
        HttpRequest request = session.getContext().getHttpRequest();
        MultivaluedMap<String, String> form = request == null ? null : request.getDecodedFormParameters();
        boolean exchange = form != null
                && OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE.equals(form.getFirst(OAuth2Constants.GRANT_TYPE));
        return exchange
                ? Optional.ofNullable(form.getFirst(OAuth2Constants.SUBJECT_TOKEN))
                        .flatMap(this::madeBy)
                : Optional.empty();
    }

    private Optional<KeyId> madeBy(String token) {
        try {
            // Keycloak has verified the token before it makes one from it; only its id is read here.
            String tokenId =
                    new JWSInput(token).readJsonContent(JsonWebToken.class).getId();
            AccessTokenContext made =
                    session.getProvider(TokenContextEncoderProvider.class).getTokenContextFromTokenId(tokenId);
            String raw = made.getRawTokenId();
            return ApiKeyGrantType.GRANT_TYPE.equals(made.getGrantType()) && raw.indexOf('.') > 0
                    ? KeyId.parse(raw.substring(0, raw.indexOf('.')))
                    : Optional.empty();
        } catch (JWSInputException | RuntimeException notOurs) {
            return Optional.empty();
        }
    }
}
