package io.latchkey.token;

import io.latchkey.key.KeyId;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.encode.AccessTokenContext;
import org.keycloak.protocol.oidc.encode.TokenContextEncoderProvider;

/**
 * Encodes the key and the client of a token in the token's id ({@code jti}). Some callbacks of Keycloak pass the id only,
 * and it survives introspection, where claims do not.
 *
 * @param clientId internal id (not {@code client_id}) of the client that the token was made for
 */
public record KeyTokenId(KeyId key, String clientId) {

    /** Empty for a token that was not made from a key. */
    public static Optional<KeyTokenId> parse(KeycloakSession session, String tokenId) {
        // The cheap check first: it runs for every token that the server reads.
        if (tokenId == null || !tokenId.startsWith(ApiKeyGrantTypeFactory.SHORTCUT + ":", 4)) {
            return Optional.empty();
        }
        AccessTokenContext made =
                session.getProvider(TokenContextEncoderProvider.class).getTokenContextFromTokenId(tokenId);
        String raw = made.getRawTokenId();
        int first = raw.indexOf('.');
        int last = raw.lastIndexOf('.');
        return first < 0 || last == first
                ? Optional.empty()
                : KeyId.parse(raw.substring(0, first)).map(key -> new KeyTokenId(key, raw.substring(first + 1, last)));
    }

    /** Whether the token of this id is a lightweight token, whose audience and roles only introspection shows. */
    public static boolean isLightweight(KeycloakSession session, String tokenId) {
        return session.getProvider(TokenContextEncoderProvider.class)
                        .getTokenContextFromTokenId(tokenId)
                        .getTokenType()
                == AccessTokenContext.TokenType.LIGHTWEIGHT;
    }

    /** The id of a token made from the key, in place of the one Keycloak gave it. */
    String encode(KeycloakSession session, String tokenId) {
        TokenContextEncoderProvider encoder = session.getProvider(TokenContextEncoderProvider.class);
        AccessTokenContext made = encoder.getTokenContextFromTokenId(tokenId);
        return encoder.encodeTokenId(new AccessTokenContext(
                made.getSessionType(),
                made.getTokenType(),
                ApiKeyGrantType.GRANT_TYPE,
                key + "." + clientId + "." + made.getRawTokenId()));
    }
}
