package io.latchkey.keycloak;

import io.latchkey.key.KeyId;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;

/**
 * What a token shall be made from: an accepted key.
 *
 * @param keyNote name of the session note that carries the key's id
 * @param scope for Keycloak to make the token with; empty for the client's defaults
 * @param audiences all the token may be meant for; empty for whatever the client gives
 * @param demanded whether every one of these audiences has to be there
 * @param online whether to open a real session with a refresh token instead of a passing one
 */
public record KeyTokenRequest(
        KeyId key,
        String keyNote,
        UserModel owner,
        Optional<String> scope,
        List<ClientModel> audiences,
        boolean demanded,
        boolean online) {}
