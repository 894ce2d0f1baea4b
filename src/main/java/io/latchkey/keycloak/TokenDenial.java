package io.latchkey.keycloak;

import java.util.Optional;

/**
 * Why no token is made from a good key.
 *
 * @param error as RFC 6749 and RFC 8693 name it
 * @param description one sentence for the caller
 */
public record TokenDenial(String error, String description) {

    static Optional<TokenDenial> of(String error, String description) {
        return Optional.of(new TokenDenial(error, description));
    }
}
