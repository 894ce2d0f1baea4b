package io.latchkey.keycloak;

import java.util.Optional;

/**
 * Holds the OAuth error with which a token is denied to an accepted key.
 *
 * @param error code of RFC 6749 or RFC 8693
 * @param description one sentence for the caller
 */
public record TokenDenial(String error, String description) implements KeyTokenBuilder.Result {

    static Optional<TokenDenial> of(String error, String description) {
        return Optional.of(new TokenDenial(error, description));
    }
}
