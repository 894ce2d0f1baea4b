package io.latchkey.rest;

import io.latchkey.http.Problem;
import io.latchkey.http.ProblemType;
import io.latchkey.keycloak.CurrentRequest;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** Checks that the realm is enabled and the request satisfies its SSL requirement, as Keycloak's token endpoint does. */
public final class SslAndRealmCheck {

    private SslAndRealmCheck() {}

    /** The problem of every request, if there is one. */
    public static Optional<Problem> closed(KeycloakSession session) {
        if (!CurrentRequest.satisfiesSslRequirement(session)) {
            return Optional.of(ProblemType.FORBIDDEN.problem("HTTPS is required."));
        }
        return session.getContext().getRealm().isEnabled()
                ? Optional.empty()
                : Optional.of(ProblemType.FORBIDDEN.problem("The realm is not enabled."));
    }
}
