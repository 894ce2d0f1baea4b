package io.latchkey.keycloak;

import io.latchkey.key.KeyId;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;

/**
 * Describes the token that an accepted key is exchanged for.
 *
 * @param scope requested scopes; empty for the client's defaults
 * @param audiences largest set of audiences that the token may have; empty for the client's own
 * @param demanded whether the token must have each of these audiences
 * @param online whether to open a stored session with a refresh token instead of a transient one
 */
public record KeyTokenRequest(
        KeyId key,
        UserModel owner,
        Optional<String> scope,
        List<ClientModel> audiences,
        boolean demanded,
        boolean online) {}
