package io.latchkey.http;

import io.latchkey.HookStatus;
import jakarta.ws.rs.WebApplicationException;
import org.keycloak.models.KeycloakSession;

/** Lets no request through while Keycloak does not use all hooks. */
public final class HookFilter {

    private HookFilter() {}

    /** Answers the request with 503 if a hook is missing. */
    public static void require(KeycloakSession session) {
        if (!HookStatus.of(session).isComplete()) {
            throw new WebApplicationException(Problem.hookMissing().toResponse());
        }
    }
}
