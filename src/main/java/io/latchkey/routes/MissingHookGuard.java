package io.latchkey.routes;

import io.latchkey.HookStatus;
import io.latchkey.http.ProblemType;
import jakarta.ws.rs.WebApplicationException;
import org.keycloak.models.KeycloakSession;

/** Refuses requests with 503 while a provider that Latchkey needs (a hook) is not active in Keycloak. */
final class MissingHookGuard {

    private MissingHookGuard() {}

    static void check(KeycloakSession session) {
        if (!HookStatus.of(session).isComplete()) {
            throw new WebApplicationException(ProblemType.HOOK_MISSING.toResponse());
        }
    }
}
