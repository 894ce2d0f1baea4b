package io.latchkey.http;

import io.latchkey.HookStatus;
import jakarta.ws.rs.WebApplicationException;
import org.keycloak.models.KeycloakSession;

/** Refuses requests with 503 while Keycloak does not use all of Latchkey's hooks. */
public final class HookFilter {

    private HookFilter() {}

    /** Answers the request with 503 if a hook is missing. */
    public static void require(KeycloakSession session) {
        if (!HookStatus.of(session).isComplete()) {
            throw new WebApplicationException(Problem.hookMissing().toResponse());
        }
    }
}
